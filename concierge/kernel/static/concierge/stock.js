/* For the framework's stock pages: what its scripts say in English only, said in the reader's language; names for
   what it leaves without one to a screen reader; and the date filter, which asks for a widget of another library
   than the one it ships. Loaded after jQuery's plug-ins and before ab.js, whose ready handlers it must precede. */
(function ($, words) {
  'use strict';
  var select2 = $.fn.select2;
  $.fn.select2 = function (options) {
    if (options && options.placeholder) options.placeholder = words.choose;
    this.find('option[value="__None"]').text(words.choose);
    return select2.apply(this, arguments);
  };
  $.extend($.fn.select2, select2);
  $.fn.datetimepicker = function () { return this.datepicker({ format: 'yyyy-mm-dd' }); };
  $(function () {
    $('.action_check_all').attr('aria-label', words.tickAll);
    $('.action_check').attr('aria-label', words.tick);
    $('.table > thead th:empty').append($('<span class="bd-sr">').text(words.actions));
    $('.panel-title').attr({ role: 'heading', 'aria-level': 2 });
    var say = window.ab_alert;
    window.ab_alert = function (text) { say(text === 'No row selected' ? words.noneTicked : text); };
  });
}(window.jQuery, document.currentScript.dataset));

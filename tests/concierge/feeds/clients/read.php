<?php
// Reads a calendar with sabre/vobject, as Nextcloud does, and prints its entries and its complaints as JSON.
declare(strict_types=1);

require '/usr/share/php/Sabre/VObject/autoload.php';

$calendar = Sabre\VObject\Reader::read(file_get_contents($argv[1]));
$told = ['name' => (string) $calendar->{'X-WR-CALNAME'}, 'entries' => [], 'faults' => []];
foreach ($calendar->validate() as $fault) {
    $told['faults'][] = $fault['message'];
}
foreach (array_merge($calendar->select('VEVENT'), $calendar->select('VTODO')) as $entry) {
    $start = $entry->DTSTART ?? $entry->DUE;
    $isDay = !$start->hasTime();
    $written = fn($property) => $isDay
        ? $property->getDateTime()->format('Y-m-d')
        : $property->getDateTime()->setTimezone(new DateTimeZone('UTC'))->format('Y-m-d\TH:i:s.000\Z');
    $told['entries'][] = [
        'uid' => (string) $entry->UID,
        'summary' => (string) $entry->SUMMARY,
        'status' => (string) $entry->STATUS,
        'sequence' => (int) (string) $entry->SEQUENCE,
        'is_day' => $isDay,
        'begins' => $written($start),
        'ends' => isset($entry->DTEND) ? $written($entry->DTEND) : null,
    ];
}
echo json_encode($told, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);

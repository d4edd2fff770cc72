"""The charts' words in Chinese, as the catalogue of the program has them."""

from projects.press.words import Words

ZH = Words(
    network_title="双代号时标网络图",
    network_desc="%(works)s项工作、%(events)s个节点。关键工作：%(path)s。逐项数据见“步骤清单”。",
    network_part="双代号时标网络图：%(stage)s",
    gantt_title="横道图",
    gantt_desc="分组的%(works)s个步骤，预计与计划对照。逐项数据见“步骤清单”。",
    strip_desc="%(start)s至%(finish)s，目标%(target)s",
    number="序",
    step="步骤",
    owner="责任方",
    length="时限",
    today="今天",
    check_day="检查日 %(day)s",
    target="目标 %(day)s",
    provisional="暂定",
    due_in="%(month)s到期",
    month_names="1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
    month="%(month)s月",
    year_month="%(year)s年%(month)s月",
    day="%(month)s月%(day)s日",
    week_day="%(month)s/%(day)s",
    comma="、",
)

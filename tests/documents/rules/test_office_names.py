"""What a department is called on paper: the county in front, no alternatives, no brackets."""

import pytest

from approvals.rules.catalogue import Department
from documents.rules.office_names import official_name


@pytest.mark.parametrize(
    ("code", "bureau", "name", "called"),
    [
        ("NRP", "县自然资源和规划局", "自然资源部门", "青禾县自然资源和规划局"),
        ("ASB", "县行政审批服务局(县数据局、县政务服务中心)", "政务服务部门", "青禾县行政审批服务局"),
        ("EEB", "市生态环境局县分局", "生态环境部门", "市生态环境局青禾县分局"),
        ("SIR", "市/县施工图联合审查中心", "施工图审查机构", "青禾县施工图联合审查中心"),
        ("GPW", "国网/南网县供电公司", "供电企业", "青禾县供电公司"),
        ("GTC", "电信/移动/联通/铁塔县分公司", "通信企业", "青禾县通信企业"),
        ("GDR", "县住建局排水管理机构/排水公司", "排水主管部门/排水企业", "青禾县排水主管部门"),
        ("PHC", "省住房和城乡建设厅", "省级住房城乡建设部门", "省住房和城乡建设厅"),
        ("INT", "环评、测绘、勘察等机构(中介超市入库)", "中介服务机构", "中介服务机构"),
    ],
)
def test_a_department_is_named_in_full(code, bureau, name, called):
    department = Department(code=code, name_zh=name, name_en="", typical_county_bureau=bureau)

    assert official_name(department, code, "青禾县") == called


def test_a_code_nobody_knows_stands_for_itself():
    assert official_name(None, "XYZ", "青禾县") == "XYZ"

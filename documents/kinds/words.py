"""The Chinese words of documents for what the records keep as codes."""

from __future__ import annotations

from collections.abc import Mapping

from approvals.rules.deferral import GrantLevel
from approvals.rules.deferral_course import DeferralState, ExtensionGround
from approvals.rules.joint_reviews import AnswerKind, ReviewKind
from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.opinions import Stance

STOP_WORDS: Mapping[StopKind, str] = {
    StopKind.CORRECTION: "补正",
    StopKind.HEARING: "听证",
    StopKind.TENDER: "招标",
    StopKind.AUCTION: "拍卖",
    StopKind.INSPECTION: "检验",
    StopKind.TESTING: "检测",
    StopKind.QUARANTINE: "检疫",
    StopKind.APPRAISAL: "鉴定",
    StopKind.EXPERT_REVIEW: "专家评审",
    StopKind.PUBLICITY: "公示",
    StopKind.TECHNICAL_REVIEW: "技术审查",
    StopKind.SITE_SURVEY: "现场踏勘",
    StopKind.CONSULTATION: "征求意见",
}
STANCE_WORDS: Mapping[Stance, str] = {
    Stance.AGREE: "同意",
    Stance.CONDITIONS: "附条件同意",
    Stance.MATERIAL: "需要补充材料",
    Stance.NOT_OURS: "不属于本部门职责",
    Stance.SILENT: "逾期未答复",
}
REVIEW_WORDS: Mapping[ReviewKind, str] = {
    ReviewKind.WRITTEN: "书面会审",
    ReviewKind.MEETING: "会议会审",
    ReviewKind.SITE_VISIT: "联合踏勘",
    ReviewKind.BEFORE_LAND: "取得土地前预审（蓝章）",
}
ANSWER_WORDS: Mapping[AnswerKind, str] = {
    AnswerKind.AGREED: "各部门一致同意",
    AnswerKind.CONDITIONS: "附条件同意",
    AnswerKind.MATERIAL: "需要补充材料",
}
STATE_WORDS: Mapping[StepState, str] = {
    StepState.NOT_STARTED: "未开始",
    StepState.PREPARING: "准备材料",
    StepState.RECEIVED: "已接件",
    StepState.WITHDRAWN: "已撤件",
    StepState.ACCEPTED: "已受理",
    StepState.NOT_ACCEPTED: "不受理",
    StepState.DECLINED: "不予受理",
    StepState.CORRECTING: "补正中",
    StepState.CORRECTED: "补正完成",
    StepState.WORKING: "办理中",
    StepState.IN_PROCEDURE: "特别程序中",
    StepState.PROCEDURE_OVER: "特别程序结束",
    StepState.PASSED: "办结",
    StepState.PASSED_DEFERRED: "办结（容缺）",
    StepState.REFUSED: "未通过",
    StepState.RECALLED: "申请人撤回",
    StepState.REVOKED: "已撤销",
    StepState.NOT_REQUIRED: "无需办理",
}
DEFERRAL_WORDS: Mapping[DeferralState, str] = {
    DeferralState.DRAFTED: "已拟定",
    DeferralState.SIGNED: "已签署",
    DeferralState.REFUSED: "未同意",
    DeferralState.GRANTED: "已同意",
    DeferralState.SUPPLIED: "已补交",
    DeferralState.VERIFIED: "已核验",
    DeferralState.CLOSED: "已办结",
    DeferralState.OVERDUE: "已逾期",
    DeferralState.DEFAULTED: "已失信",
    DeferralState.CREDIT_RECORDED: "已记入信用记录",
    DeferralState.REPAIRED: "信用已修复",
    DeferralState.VOID: "已失效",
}
LEVEL_WORDS: Mapping[GrantLevel, str] = {
    GrantLevel.WINDOW: "窗口",
    GrantLevel.CHIEF_REPRESENTATIVE: "部门首席代表",
    GrantLevel.STAGE_LEAD: "阶段牵头部门",
    GrantLevel.COORDINATOR: "“办不成事”反映窗口协调人会同部门负责人",
}
GROUND_WORDS: Mapping[ExtensionGround, str] = {
    ExtensionGround.FORCE_MAJEURE: "不可抗力",
    ExtensionGround.AUTHORITY_DELAY: "行政机关原因",
}

"""The life of a letter on one screen, and the only writer of letters, figures and editions.

    receive ─► claim_for_reading ─► finish_reading | finish_unreadable        (the worker; sweep brings back the lost)
               keep_copy                                                      (of its file, which alone is published)
                                 ─► hand_to_ocr ─► claim_for_ocr ─► finish_…  (a scan)
            ─► claim_next ─► save_review ─► approve | approve_together        (a reviewer; take_back undoes it)
            ─► receive_table ─► confirm_table                                 (the yearly tables, beside the letters)
            ─► schedule ─► confirm | drop; unschedule                         (the edition)
               hold_back, release, withdraw                                   (one letter)
               publish_now | publish_later ─► confirm | drop                  (one letter, after its edition's hour)
               withdraw_edition                                               (all of it, when something has leaked)
            ─► correct ─► confirm_correction | drop_correction                (a figure that is public)
            ─► give_access | withdraw_access | publish_access_list            (named people, before publication)
               ask, enter_query ─► answer_query                               (link officers, before publication)
               take_report, save_report, say_no_letter, unsay_no_letter       (what an edition says besides)

Every change is one conditional UPDATE or one transaction, so that two people, or two workers, cannot both win. What
is not done raises `Refused`, whose message says what stands in the way and what to do.
"""

from letters.workflow.approving import approve, approve_together, earlier_letter, take_back
from letters.workflow.changing import Refused
from letters.workflow.checking import obstacles
from letters.workflow.copying import Copied, keep_copy, why_no_copy
from letters.workflow.correcting import (
    confirm_correction,
    contradictions_of,
    correct,
    drop_correction,
    may_confirm,
    new_contradictions,
    waiting_corrections,
)
from letters.workflow.explaining import (
    edition,
    put_clean_report,
    save_report,
    say_no_letter,
    take_report,
    unsay_no_letter,
)
from letters.workflow.importing import confirm_table, preview_table, receive_table
from letters.workflow.indexing import index_all
from letters.workflow.late import publish_later, publish_now
from letters.workflow.prerelease import (
    answer_query,
    ask,
    enter_query,
    give_access,
    hashed,
    keep_view,
    open_queries,
    publish_access_list,
    with_access,
    withdraw_access,
)
from letters.workflow.publishing import (
    confirm,
    drop,
    hold_back,
    release,
    schedule,
    schedule_warnings,
    takes_two,
    unschedule,
    withdraw,
)
from letters.workflow.reading import (
    claim_for_ocr,
    claim_for_reading,
    finish_reading,
    finish_unreadable,
    give_back,
    hand_to_ocr,
    keep_pages,
    read_again,
    sweep,
)
from letters.workflow.receiving import receive
from letters.workflow.reviewing import (
    claim,
    claim_next,
    let_go,
    open_problems,
    queue,
    save_review,
)
from letters.workflow.two_people import (
    all_waiting,
    anybody_entered,
    entered_by,
    has_entered,
    to_confirm,
    waiting,
    waiting_of,
)
from letters.workflow.withdrawing import withdraw_edition

__all__ = [
    "Copied",
    "Refused",
    "all_waiting",
    "answer_query",
    "anybody_entered",
    "approve",
    "approve_together",
    "ask",
    "claim",
    "claim_for_ocr",
    "claim_for_reading",
    "claim_next",
    "confirm",
    "confirm_correction",
    "confirm_table",
    "contradictions_of",
    "correct",
    "drop",
    "drop_correction",
    "earlier_letter",
    "edition",
    "enter_query",
    "entered_by",
    "finish_reading",
    "finish_unreadable",
    "give_access",
    "give_back",
    "hand_to_ocr",
    "has_entered",
    "hashed",
    "hold_back",
    "index_all",
    "keep_copy",
    "keep_pages",
    "keep_view",
    "let_go",
    "may_confirm",
    "new_contradictions",
    "obstacles",
    "open_problems",
    "open_queries",
    "preview_table",
    "publish_access_list",
    "publish_later",
    "publish_now",
    "put_clean_report",
    "queue",
    "read_again",
    "receive",
    "receive_table",
    "release",
    "save_report",
    "save_review",
    "say_no_letter",
    "schedule",
    "schedule_warnings",
    "sweep",
    "take_back",
    "take_report",
    "takes_two",
    "to_confirm",
    "unsay_no_letter",
    "unschedule",
    "waiting",
    "waiting_corrections",
    "waiting_of",
    "why_no_copy",
    "with_access",
    "withdraw",
    "withdraw_access",
    "withdraw_edition",
]

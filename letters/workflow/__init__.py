"""The life of a letter on one screen, and the only writer of letters, figures and editions.

    receive ─► claim_for_reading ─► finish_reading | finish_unreadable        (the worker; sweep brings back the lost)
                                 ─► hand_to_ocr ─► claim_for_ocr ─► finish_…  (a scan)
            ─► claim_next ─► save_review ─► approve | approve_together        (a reviewer; take_back undoes it)
            ─► receive_table ─► confirm_table                                 (the yearly tables, beside the letters)
            ─► schedule | postpone | unschedule                               (the edition)
               hold_back, release, publish_now, withdraw                      (one letter)
            ─► correct ─► confirm_correction | drop_correction                (a figure that is public)
               save_report, say_no_letter, unsay_no_letter                    (what an edition says besides)

Every change is one conditional UPDATE or one transaction, so that two people, or two workers, cannot both win. What
is not done raises `Refused`, whose message says what stands in the way and what to do.
"""

from letters.workflow.approving import approve, approve_together, earlier_letter, take_back
from letters.workflow.changing import Refused
from letters.workflow.correcting import (
    confirm_correction,
    correct,
    drop_correction,
    may_confirm,
    new_contradictions,
    waiting_corrections,
)
from letters.workflow.explaining import edition, save_report, say_no_letter, unsay_no_letter
from letters.workflow.importing import confirm_table, preview_table, receive_table
from letters.workflow.publishing import (
    hold_back,
    publish_now,
    release,
    schedule,
    schedule_warnings,
    unschedule,
    withdraw,
)
from letters.workflow.reading import (
    claim_for_ocr,
    claim_for_reading,
    finish_reading,
    finish_unreadable,
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

__all__ = [
    "Refused",
    "approve",
    "approve_together",
    "claim",
    "claim_for_ocr",
    "claim_for_reading",
    "claim_next",
    "confirm_correction",
    "confirm_table",
    "correct",
    "drop_correction",
    "earlier_letter",
    "edition",
    "finish_reading",
    "finish_unreadable",
    "hand_to_ocr",
    "hold_back",
    "keep_pages",
    "let_go",
    "may_confirm",
    "new_contradictions",
    "open_problems",
    "preview_table",
    "publish_now",
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
    "unsay_no_letter",
    "unschedule",
    "waiting_corrections",
    "withdraw",
]

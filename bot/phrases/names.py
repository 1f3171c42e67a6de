"""The names of the phrases; each stands in the catalogue of every language."""

from __future__ import annotations

from enum import StrEnum


class PhraseName(StrEnum):
    """What can be said. The value is the name in the catalogues."""

    # Answers
    ANSWER_HEADING = "answer-heading"
    SIDE_BY_SIDE_HEADING = "side-by-side-heading"
    FURTHER_HEADING = "further-heading"
    RELATED_HEADING = "related-heading"
    NOT_FOUND = "not-found"
    COVERED_PLACES = "covered-places"
    COVERED_YEARS = "covered-years"
    AND_OTHERS = "and-others"
    EXAMPLES_HEADING = "examples-heading"
    EMPTY_QUESTION = "empty-question"
    COURTESY_PEACE = "courtesy-peace"
    COURTESY_GREETING = "courtesy-greeting"
    COURTESY_THANKS = "courtesy-thanks"
    COURTESY_GOODBYE = "courtesy-goodbye"
    COURTESY_REQUEST = "courtesy-request"
    UNDERSTOOD = "understood"
    CUT_QUESTION = "cut-question"
    WITHDRAWN = "withdrawn"
    SOURCE = "source"
    PAGE = "page"
    COMMA = "comma"
    PAGE_OF = "page-of"

    # The library
    DOCUMENTS_HEADING = "documents-heading"
    NOTHING_INDEXED = "nothing-indexed"

    # Commands
    GREETING = "greeting"
    GREETING_ALONE = "greeting-alone"
    HELP_PRIVATE = "help-private"
    HELP_GROUP = "help-group"
    ASK_WHAT = "ask-what"
    ASK_PLACEHOLDER = "ask-placeholder"
    NEW_DONE = "new-done"
    PRIVACY_PRIVATE = "privacy-private"
    PRIVACY_GROUP = "privacy-group"
    FORGET_DONE = "forget-done"
    UNKNOWN_COMMAND = "unknown-command"

    # Receipts
    RECEIPT_HEADING = "receipt-heading"
    RECEIPT_ASKED = "receipt-asked"
    RECEIPT_UNDERSTOOD = "receipt-understood"
    RECEIPT_OUTCOME_ANSWER = "receipt-outcome-answer"
    RECEIPT_OUTCOME_RELATED = "receipt-outcome-related"
    RECEIPT_OUTCOME_NONE = "receipt-outcome-none"
    RECEIPT_CONFIDENCE = "receipt-confidence"
    RECEIPT_GENERATION = "receipt-generation"
    RECEIPT_EMBEDDER = "receipt-embedder"
    RECEIPT_EXCERPT = "receipt-excerpt"
    RECEIPT_SPAN = "receipt-span"
    RECEIPT_SCORE = "receipt-score"
    RECEIPT_HASH = "receipt-hash"
    RECEIPT_LATER = "receipt-later"
    RECEIPT_NOT_FOUND = "receipt-not-found"
    RECEIPT_NONE_YET = "receipt-none-yet"

    # Feedback
    THANKS_GOOD = "thanks-good"
    THANKS_BAD = "thanks-bad"
    THANKS_REASON = "thanks-reason"
    REASON_WRONG_REPORT = "reason-wrong-report"
    REASON_OUTDATED = "reason-outdated"
    REASON_INCOMPLETE = "reason-incomplete"
    REASON_NOT_AN_ANSWER = "reason-not-an-answer"

    # Buttons
    BUTTON_MORE = "button-more"
    BUTTON_PREVIOUS = "button-previous"
    BUTTON_NEXT = "button-next"
    BUTTON_GOOD = "button-good"
    BUTTON_BAD = "button-bad"
    BUTTON_LITERAL = "button-literal"
    BUTTON_IN_PRIVATE = "button-in-private"
    BUTTON_WHY = "button-why"
    BUTTON_APPROVE = "button-approve"
    BUTTON_LEAVE = "button-leave"
    BUTTON_OLD = "button-old"
    BUTTON_NOT_YOURS = "button-not-yours"

    # Groups
    GROUP_GREETING = "group-greeting"
    APPROVAL_REQUEST = "approval-request"
    APPROVED = "approved"
    LEFT_GROUP = "left-group"

    # Limits and faults
    LIMITED_PRIVATE = "limited-private"
    LIMITED_GROUP = "limited-group"
    ASKED_WHILE_AWAY = "asked-while-away"
    TEXT_ONLY = "text-only"
    ERROR = "error"

    # What Telegram shows of the bot
    COMMAND_START = "command-start"
    COMMAND_ASK = "command-ask"
    COMMAND_NEW = "command-new"
    COMMAND_DOCUMENTS = "command-documents"
    COMMAND_WHY = "command-why"
    COMMAND_HELP = "command-help"
    COMMAND_PRIVACY = "command-privacy"
    COMMAND_FORGET = "command-forget"
    BOT_DESCRIPTION = "bot-description"
    BOT_SHORT_DESCRIPTION = "bot-short-description"

    # The terminal
    TERMINAL_WELCOME = "terminal-welcome"
    TERMINAL_PROMPT = "terminal-prompt"

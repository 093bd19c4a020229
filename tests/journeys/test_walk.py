"""What strangers who walked every role found broken or misleading, and the tests that prove that
it is so no more; with the words that they asked for.

The table is the point: who rewrites or drops a test named here sees whose fault it proves.
"""

import ast
from functools import cache

import polib
import pytest

from tests.architecture.source import PACKAGE
from tests.environment import ROOT

FAULTS: dict[str, list[tuple[str, str]]] = {
    "a long job ends in a page inside the page": [
        (
            "journeys/test_jobs.py",
            "test_a_roster_is_read_and_taken_over_and_the_next_step_is_the_red_button",
        ),
    ],
    "a long job does not end without scripts": [
        ("journeys/test_jobs.py", "test_it_ends_without_scripts_too"),
    ],
    "typed judgements are lost when the list is left": [
        (
            "journeys/test_typed_words.py",
            "test_each_line_of_judgement_is_kept_when_the_list_is_left",
        ),
        (
            "journeys/test_typed_words.py",
            "test_signed_out_meanwhile_a_line_waits_until_one_is_signed_in_again",
        ),
        (
            "appraisal/test_pages.py",
            "test_whoever_saves_second_sees_both_lines_at_the_field_and_decides",
        ),
    ],
    "a long form is left without a word, or lost to a session that ended": [
        (
            "journeys/test_typed_words.py",
            "test_a_long_form_asks_before_it_is_left_and_not_when_it_is_given_up_or_sent",
        ),
        (
            "architecture/test_typed.py",
            "test_every_form_that_is_typed_into_shows_again_what_was_typed",
        ),
    ],
    "what is signed is not what was seen": [
        ("appraisal/test_pages.py", "test_what_one_sees_is_what_one_signs"),
    ],
    "a post with approval has no waiting list": [
        (
            "claims/test_waiting_list.py",
            "test_a_post_with_approval_has_a_line_whose_first_is_asked_and_then_the_next",
        ),
    ],
    "what cannot be approved is ticked, and the number of places is raised elsewhere": [
        ("claims/test_waiting_list.py", "test_what_cannot_be_approved_is_not_ticked_and_says_why"),
        (
            "claims/test_waiting_list.py",
            "test_the_number_of_places_is_raised_on_the_page_of_approval",
        ),
    ],
    "a button leads to a waiting list or to a refusal": [
        (
            "claims/test_waiting_list.py",
            "test_members_see_what_they_may_claim_apart_from_what_they_may_only_wait_for",
        ),
    ],
    "letters know one community for all": [
        (
            "checklist/test_letters.py",
            "test_a_row_names_another_community_and_it_is_kept_as_where_they_live",
        ),
        ("checklist/test_letters.py", "test_letters_for_all_take_two_taps_and_leave_nobody_over"),
    ],
    "where somebody lives cannot be put right, nor a new member or branch added on the way": [
        ("people/test_people_pages.py", "test_the_unit_says_where_a_member_lives"),
        (
            "registration/test_member_pages.py",
            "test_own_facts_are_corrected_and_the_home_community_too",
        ),
        (
            "checklist/test_letters.py",
            "test_a_member_is_added_on_the_way_and_everything_written_is_there_again",
        ),
    ],
    "87 people are placed in 435 taps": [
        ("registration/test_placing.py", "test_eighty_people_are_placed_in_five_taps"),
        ("registration/test_placing.py", "test_the_page_offers_to_undo_it"),
        ("registration/test_placing.py", "test_cards_and_receipts_of_the_ticked_are_printed"),
        ("checklist/test_pages.py", "test_all_of_the_filter_are_reminded_and_not_only_the_page"),
    ],
    "a person stands on five pages": [
        ("home/test_portraits.py", "test_each_reader_sees_their_part_of_a_person_and_no_more"),
        ("home/test_portraits.py", "test_a_member_s_own_page_says_all_that_any_reader_is_shown"),
        (
            "home/test_portraits.py",
            "test_the_page_of_a_person_stands_below_the_list_it_is_opened_from",
        ),
    ],
    "the oldest need is 169 days old here and 168 there": [
        ("home/test_one_figure.py", "test_needs_are_as_many_and_as_old_on_every_page"),
        ("home/test_one_figure.py", "test_a_need_collected_late_yesterday_is_a_day_old_everywhere"),
    ],
    "six or five have not registered": [
        (
            "home/test_one_figure.py",
            "test_who_is_missing_is_one_number_on_the_first_page_the_check_list_and_the_table",
        ),
    ],
    "hours and dates stand in several formats": [
        ("architecture/test_formats.py", "test_it_is_written_in_one_way"),
        ("architecture/test_formats.py", "test_templates_name_the_formats_of_days_and_hours"),
        ("insight/test_services.py", "test_hours_are_added_in_minutes_and_rounded_only_when_shown"),
    ],
    "a receipt has two numbers": [
        ("registration/test_papers.py", "test_the_receipt_names_the_community_and_its_number"),
    ],
    "a page does not print as its paper": [
        (
            "journeys/test_paper_and_phone.py",
            "test_a_paper_printed_from_its_page_has_the_pages_of_its_pdf",
        ),
        (
            "journeys/test_paper_and_phone.py",
            "test_a_list_is_printed_across_the_sheet_and_nothing_that_is_pressed",
        ),
    ],
    "a file has no address of its own": [
        ("registration/test_unit_pages.py", "test_ticked_letters_are_printed_and_others_are_not"),
    ],
    "cells of a phone are columns of letters": [
        ("journeys/test_words_and_sizes.py", "test_each_page_can_be_read_by_everybody"),
    ],
    "acts on a phone stand below the filters": [
        (
            "journeys/test_paper_and_phone.py",
            "test_on_a_phone_filters_are_folded_rows_short_and_acts_within_reach",
        ),
    ],
    "opening a card signs for it": [
        ("appraisal/test_pages.py", "test_the_unit_opens_reads_and_answers"),
        (
            "appraisal/test_pages.py",
            "test_the_unit_reads_all_of_the_list_at_once_and_its_notice_closes",
        ),
    ],
    "a notice shows a code, leads nowhere and stays when its act is done": [
        ("notices/test_catalogue.py", "test_each_kind_leads_to_a_page_and_shows_no_code"),
        ("notices/test_pending.py", "test_every_kind_that_asks_for_an_act_says_what_closes_it"),
    ],
    "administrators write keys of organisations, and read codes in journal and health": [
        ("orgs/test_pages.py", "test_the_tree_opens_level_by_level_with_kinds_and_counts"),
        ("orgs/test_pages.py", "test_the_list_is_searched_by_name_code_and_pinyin"),
        ("orgs/test_choices.py", "test_a_name_is_taken_at_its_word_and_initials_only_offer"),
        (
            "architecture/test_catalogues.py",
            "test_the_journal_speaks_chinese_from_the_catalogue_of_who_writes_or_of_a_slice_below",
        ),
        (
            "home/test_health.py",
            "test_the_work_of_every_day_is_one_sentence_and_opens_to_its_parts",
        ),
    ],
}
"""By what was wrong, the tests that prove that it is right."""

RETIRED = {
    "已有天数": "已等天数",
    "已等待": "已等",
    "发成活动": "转为活动",
    "发成岗位": "设为岗位",
    "还没人帮": "待帮助",
    "这个字段是必填项": "请填写…",
    "请其留任": "劝留",
    "链上序号": "记录序号",
    "手工登记": "人工登记",
    "阅知": "签收",
}
"""Words that people stumbled over, with those that stand in their place."""


@cache
def names_in(path: str) -> set[str]:
    """The names of the tests of a module."""
    tree = ast.parse((ROOT / "tests" / path).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_of_the_walk_is_a_test(fault: str) -> None:
    assert [name for path, name in FAULTS[fault] if name not in names_in(path)] == []


def test_there_are_as_many_as_were_found() -> None:
    assert len(FAULTS) == 23


@pytest.mark.parametrize("word", RETIRED)
def test_a_word_that_was_stumbled_over_stands_nowhere(word: str) -> None:
    for file in PACKAGE.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(file)):
            said = [entry.msgstr, *entry.msgstr_plural.values()]
            assert not any(word in text for text in said), f"{file}: {entry.msgid}"

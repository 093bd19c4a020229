"""评优 and 民主评议: proposed, signed, voted on, in publicity, objected to, issued, put right."""

from datetime import timedelta

import pytest

from baodao.adoptions.models import PolicyResult
from baodao.adoptions.queries.wording import reason_text
from baodao.documents.queries import issue_of, papers_about, verified
from baodao.honours.commands.publicity import (
    answer_objection,
    correct_verdict,
    issue_list,
    object_to_verdict,
)
from baodao.honours.commands.rounds import nominate, remove_nominee, withdraw_round
from baodao.honours.commands.signatures import affirm_verdict, sign_otherwise, sign_proposals
from baodao.honours.commands.votes import begin_vote, cast_ballot, count_ballots, extend_vote
from baodao.honours.models import HonourBallot, HonourProposal, HonourRound, HonourVoter
from baodao.honours.queries.grounds import ground_words
from baodao.honours.queries.papers import list_digest, list_item, word_digest
from baodao.honours.queries.rounds import (
    own_proposals,
    public_lines,
    public_rounds,
    rounds,
    rounds_of,
)
from baodao.honours.queries.votes import tie_of
from baodao.honours.queries.waiting import honour_duties
from baodao.honours.rules.lives import HonourKind, HonourVerdict
from baodao.honours.rules.papers import HONOUR_CERTIFICATE, HONOUR_LIST
from baodao.honours.rules.votes import VoteFacts, VoterGroup
from baodao.kernel import clock
from baodao.kernel.errors import Absent, Refused
from baodao.kernel.moments import AsOf, read_period
from baodao.kernel.undo import take_back
from baodao.kernel.workdays import workday_after
from baodao.ledger.commands.corrections import reverse
from baodao.notices.models import Notice
from baodao.notices.queries.pending import with_closed
from baodao.orgs.models import Organisation
from baodao.orgs.rules.handovers import Aim, Reform
from baodao.people.models import Membership
from tests import factories
from tests.adoptions import steps as policies
from tests.honours import steps
from tests.ledger import steps as served
from tests.orgs.test_reorganisations import done, partner, undone
from tests.people.steps import transferred
from tests.registration.browsing import browser, text
from tests.world import World

K, V = HonourKind, HonourVerdict


def _seen(row: HonourProposal) -> str:
    """The hash of the word on one that a page shows now."""
    row.refresh_from_db()
    return word_digest(row)


def lines(row: HonourRound) -> list[tuple[str, str]]:
    """What the list says: name and word."""
    rows = list_item(row)["rows"]
    return [(one["honour_name"], one["honour_verdict"]) for one in rows]  # type: ignore[attr-defined]


def test_nothing_holds_before_a_person_signs_and_nobody_signs_on_themselves(world: World) -> None:
    factories.member("员甲", world.second)
    row = steps.begun(world, K.REVIEW)
    proposals = list(HonourProposal.objects.filter(round=row).order_by("branch__path"))
    assert [one.name for one in proposals] == ["陈晓宇", "员甲"]
    assert {one.proposed for one in proposals} == {""}
    batch = steps.signed(world, proposals)
    assert [refused.code for _, refused in batch.refused] == ["honour.unproposed"] * 2
    with pytest.raises(Refused, match=r"honour\.unsigned"):
        steps.made_public(world, row)
    with pytest.raises(Refused, match=r"reason\.missing"):
        sign_otherwise(
            world.actor("deng"),
            proposal_id=proposals[0].pk,
            verdict=V.EXCELLENT,
            reason=" ",
            seen=word_digest(proposals[0]),
        )
    with pytest.raises(Refused, match=r"honour\.verdict"):
        steps.word(world, proposals[0], V.CHOSEN)
    for stranger in ("dai", "fan", "ji", "qin", "chen"):
        with pytest.raises(Absent):
            steps.word(world, proposals[0], V.EXCELLENT, stranger)
    world.accounts["deng"].person = world.people["chen"]
    account = world.accounts["chen"]
    account.person = None
    account.save()
    world.accounts["deng"].save()
    with pytest.raises(Refused, match=r"honour\.own"):
        steps.word(world, proposals[0], V.EXCELLENT)


def test_proposals_rest_on_the_results_that_are_kept_of_an_adopted_policy(world: World) -> None:
    policies.adopted(world, policies.TWO % 0)
    policies.night(clock.today())
    row = steps.begun(world, K.ELIGIBILITY)
    proposal = row.proposals.get()
    result = PolicyResult.objects.get(person=world.people["chen"])
    assert (proposal.proposed, proposal.ground["result"]) == (V.ELIGIBLE, str(result.pk))
    assert proposal.ground["version"] == "全年至少两次（第1版）"
    assert ground_words(proposal) == reason_text(result)
    assert steps.signed(world, [proposal]).done
    [finest] = steps.named(world, steps.begun(world, K.FINEST), "陈晓宇")
    assert (finest.proposed, finest.ground["state"]) == (V.CHOSEN, "met")


def test_a_word_that_records_overtook_waits_until_it_is_signed_anew_or_kept(world: World) -> None:
    deng, after = world.actor("deng"), policies.LAST + timedelta(days=2)
    with policies.on(policies.SUMMER):
        served.hosted(world)
        policies.adopted(world)
    record = policies.served(world, policies.SUMMER)
    policies.served(world, policies.SUMMER + timedelta(days=1))
    policies.night(policies.LAST)
    with policies.on(after):
        year = read_period(str(policies.YEAR), AsOf(clock.now()))
        row = steps.begun(world, HonourKind.ELIGIBILITY, period=year)
        proposal = row.proposals.get(person=world.people["chen"])
        assert steps.signed(world, [proposal]).done
        with pytest.raises(Refused, match="nothing-later"):
            affirm_verdict(deng, proposal_id=proposal.pk, reason="情况属实", seen=_seen(proposal))
        assert not honour_duties(deng, world.bureau).answer().overtaken
        key = {"community_id": record.community_id, "record_id": record.id}
        reverse(world.actor("an"), **key, reason="重复登记")
    policies.night(after)
    with policies.on(after + timedelta(days=1)):
        assert honour_duties(deng, world.bureau).answer().overtaken == [proposal]
        assert not honour_duties(world.actor("qin"), world.bureau).answer().overtaken
        assert "差 1 次志愿服务" in text(browser(world, "deng").get(_page(proposal)))
        affirm_verdict(
            deng, proposal_id=proposal.pk, reason="另有服务，补录中", seen=_seen(proposal)
        )
        assert not honour_duties(deng, world.bureau).answer().overtaken
        assert "记录变化后维持" in text(browser(world, "deng").get(_page(proposal)))


def _page(proposal: HonourProposal) -> str:
    return f"/honours/proposals/{proposal.pk}/"


def test_a_branch_reads_the_words_on_its_own_members_with_their_reasons(world: World) -> None:
    other = factories.member("二支部员", world.second)
    row = steps.begun(world, HonourKind.ELIGIBILITY)
    qin, page = browser(world, "qin"), f"/honours/branch/{row.pk}/"
    assert "评先评优资格" in text(qin.get("/honours/branch/"))
    assert "陈晓宇" in text(qin.get(page))
    assert "二支部员" not in text(qin.get(page))
    ours, theirs = (row.proposals.get(person=one) for one in (world.people["chen"], other))
    assert qin.get(_page(ours)).status_code == 200
    assert qin.get(_page(theirs)).status_code == 404
    assert qin.get(f"{_page(ours)}word/").status_code == 404
    stars = steps.begun(world, HonourKind.FINEST)
    steps.named(world, stars, "二支部员")
    assert qin.get(f"/honours/branch/{stars.pk}/").status_code == 404
    for name in ("bao", "deng"):
        assert browser(world, name).get(page).status_code == 404


def test_many_are_signed_as_they_are_and_taken_back(world: World) -> None:
    row = steps.begun(world, K.FINEST)
    [one] = steps.named(world, row, "陈晓宇")
    batch = steps.signed(world, [one])
    one.refresh_from_db()
    assert (one.verdict, one.signed_by) == (V.CHOSEN, "邓敏")
    assert batch.undo_id is not None
    take_back(world.actor("deng"), undo_id=batch.undo_id)
    one.refresh_from_db()
    assert (one.verdict, one.signed_by, one.signed_at) == ("", "", None)
    assert [ruling.verdict for ruling in one.rulings.order_by("ruled_at")] == ["chosen", ""]
    again = steps.signed(world, [one])
    steps.word(world, one, V.PASSED_OVER)
    assert take_back(world.actor("deng"), undo_id=again.undo_id).refused
    one.refresh_from_db()
    assert one.verdict == V.PASSED_OVER


def test_a_list_in_publicity_is_read_in_scope_and_says_nothing_of_the_others(world: World) -> None:
    factories.member("员甲", world.second)
    row = steps.begun(world, K.ELIGIBILITY)
    chen, other = HonourProposal.objects.filter(round=row).order_by("branch__path")
    steps.word(world, chen, V.BARRED)
    steps.word(world, other, V.ELIGIBLE)
    assert not public_rounds(world.actor("chen")).exists()
    assert not own_proposals(world.actor("chen")).exists()
    row = steps.made_public(world, row)
    assert row.public_until == workday_after(clock.today(), 5)
    read = {
        name: public_rounds(world.actor(name)).exists()
        for name in ("chen", "qin", "dai", "fan", "an", "bao", "gu")
    }
    assert read == {
        "chen": True, "qin": True, "dai": True, "fan": True,
        "an": False, "bao": False, "gu": False,
    }  # fmt: skip
    assert [one.name for one in public_lines(row)] == ["员甲"]
    assert "陈晓宇" not in str(list_item(row))
    assert [one.verdict for one in own_proposals(world.actor("chen"))] == [V.BARRED]
    told = Notice.objects.get(kind="honour-published", person=world.people["chen"])
    assert told.url == "/me/honours/"


def test_an_objection_that_is_upheld_changes_the_list_which_says_so(world: World) -> None:
    factories.member("员甲", world.second)
    row = steps.begun(world, K.ELIGIBILITY)
    chen, other = HonourProposal.objects.filter(round=row).order_by("branch__path")
    steps.word(world, chen, V.BARRED)
    steps.word(world, other, V.ELIGIBLE)
    row = steps.made_public(world, row)
    for who in ("qin", "gu", "an"):
        with pytest.raises(Absent):
            object_to_verdict(world.actor(who), proposal_id=chen.pk, text="不符")
    objection = object_to_verdict(world.actor("chen"), proposal_id=chen.pk, text="少记三次")
    with pytest.raises(Refused, match=r"honour\.objected"):
        object_to_verdict(world.actor("chen"), proposal_id=chen.pk, text="少记三次")
    waits = with_closed(Notice.objects.filter(kind="honour-objection"))
    assert not waits.get().closed
    with pytest.raises(Refused, match=r"honour\.objections"):
        steps.final(world, row)
    answer = {"objection_id": objection.pk, "words": "已补记，达到要求", "seen": _seen(chen)}
    for who in ("dai", "fan", "ji"):
        with pytest.raises(Absent):
            answer_objection(world.actor(who), verdict=V.ELIGIBLE, **answer)
    row_after = answer_objection(world.actor("deng"), verdict=V.ELIGIBLE, **answer)
    assert (row_after.state, waits.get().closed) == ("upheld", True)
    assert lines(row) == [("陈晓宇", "具备资格"), ("员甲", "具备资格")]
    assert list_item(row)["honour_changes"] == "经核实，名单已作调整：增加陈晓宇。"
    assert "少记三次" not in str(list_item(row))
    kinds = set(Notice.objects.filter(person=world.people["chen"]).values_list("kind", flat=True))
    assert {"honour-changed", "honour-answer"} <= kinds
    second = object_to_verdict(world.actor("qin"), proposal_id=other.pk, text="没来过")
    world.accounts["qin"].grants.update(role="unit-secretary", organisation=world.bureau)
    of_second = {"objection_id": second.pk, "words": "有签到表", "seen": _seen(other)}
    with pytest.raises(Refused, match=r"honour\.own-objection"):
        answer_objection(world.actor("qin"), verdict=V.BARRED, **of_second | {"words": "属实"})
    answer_objection(world.actor("deng"), verdict=V.ELIGIBLE, **of_second)
    second.refresh_from_db()
    assert second.state == "dismissed"


def test_a_final_list_has_a_number_and_certificates_that_verify_until_it_is_put_right(
    world: World,
) -> None:
    factories.member("员甲", world.second)
    row = steps.published(world, "deng", "陈晓宇", "员甲")
    with pytest.raises(Refused, match=r"honour\.publicity"):
        issue_list(world.actor("deng"), round_id=row.pk, seen=list_digest(row))
    row = steps.final(world, row)
    assert row.number_text.endswith("001号")
    chen, other = HonourProposal.objects.filter(round=row).order_by("branch__path")
    papers = [issue_of(one.pk, HONOUR_CERTIFICATE.code) for one in (chen, other)]
    assert papers[0] is not None
    assert papers[1] is not None
    shown = verified(papers[0].token)
    assert shown is not None
    assert (shown.valid, shown.holder, shown.unit) == (True, "陈**", "区城建局机关党委")
    assert Notice.objects.filter(kind="honour-final").count() == 2
    with pytest.raises(Refused, match=r"honour\.not-public"):
        object_to_verdict(world.actor("chen"), proposal_id=chen.pk, text="不符")
    first = issue_of(row.pk, HONOUR_LIST.code)
    assert first is not None
    put_right = {"proposal_id": chen.pk, "verdict": V.PASSED_OVER, "reason": "重复表彰"}
    correct_verdict(world.actor("deng"), **put_right, seen=_seen(chen))
    former = verified(first.token)
    assert former is not None
    row.refresh_from_db()
    assert (former.valid, former.replaced_by) == (False, row.number_text)
    assert row.number_text.endswith("002号")
    assert lines(row) == [("员甲", "最美在职党员")]
    gone = verified(papers[0].token)
    assert gone is not None
    assert not gone.valid
    assert papers_about([other.pk]).get().pk == papers[1].pk
    withdraw_round(world.actor("deng"), round_id=row.pk, reason="文件依据变更")
    assert not papers_about([row.pk, chen.pk, other.pk]).exists()
    assert not public_rounds(world.actor("chen")).exists()
    assert Notice.objects.filter(kind="honour-withdrawn").count() == 2
    assert steps.begun(world, K.FINEST).state == "draft"


def test_who_signs_from_an_old_page_undoes_no_word_that_they_never_read(world: World) -> None:
    row = steps.begun(world, K.ELIGIBILITY)
    [proposal] = HonourProposal.objects.filter(round=row)
    steps.word(world, proposal, V.ELIGIBLE)
    page = browser(world, "deng").get(f"{_page(proposal)}word/")
    old, sent = page.context["form"].initial["seen"], {"verdict": V.BARRED, "reason": "另有意见"}
    steps.word(world, proposal, V.BARRED)
    steps.word(world, proposal, V.ELIGIBLE)
    answer = browser(world, "deng").post(f"{_page(proposal)}word/", sent | {"seen": old})
    assert "打开后文本有改动" in text(answer)
    assert "具备资格（邓敏）" in text(answer)
    proposal.refresh_from_db()
    assert proposal.verdict == V.ELIGIBLE
    row = steps.made_public(world, row)
    objection = object_to_verdict(world.actor("chen"), proposal_id=proposal.pk, text="不符")
    deng, changed = world.actor("deng"), pytest.raises(Refused, match=r"paper\.changed")
    answer = {"objection_id": objection.pk, "words": "已核", "verdict": V.ELIGIBLE}
    with changed:
        answer_objection(deng, **answer, seen=old)
    answer_objection(deng, **answer, seen=_seen(proposal))
    steps.final(world, row)
    with changed:
        affirm_verdict(deng, proposal_id=proposal.pk, reason="情况属实", seen=old)
    put_right = {"proposal_id": proposal.pk, "verdict": V.BARRED, "reason": "另有意见"}
    with changed:
        correct_verdict(deng, **put_right, seen=old)
    assert correct_verdict(deng, **put_right, seen=_seen(proposal)).verdict == V.BARRED


def test_a_unit_that_is_honoured_opens_its_certificate(world: World) -> None:
    partner(world)
    row = steps.begun(world, K.PARTNER, "an")
    [proposal] = steps.named(world, row, world.bureau.name, who="an")
    steps.signed(world, [proposal], "ji")
    steps.made_public(world, row, "ji")
    row = steps.final(world, row, "ji")
    address = f"/honours/proposals/{proposal.pk}.html"
    deng = browser(world, "deng")
    assert world.bureau.name in text(deng.get(address))
    assert address in text(deng.get(f"/honours/list/{row.pk}/"))
    for name in ("chen", "bao"):
        assert browser(world, name).get(address).status_code == 404


def test_who_is_honoured_is_voted_on_in_secret_and_a_tie_is_settled_with_a_reason(
    world: World,
) -> None:
    names = ["陈晓宇", "员甲", "员乙"]
    for name in names[1:]:
        factories.member(name, world.second)
    row = steps.begun(world, K.FINEST, most=2)
    proposals = steps.named(world, row, *names)
    until = clock.today() + timedelta(days=7)
    few = VoteFacts(frozenset(), ("qin", "dai"), until)
    with pytest.raises(Refused, match=r"honour\.voters"):
        begin_vote(world.actor("dai"), round_id=row.pk, facts=few)
    with pytest.raises(Refused, match=r"honour\.voter-unknown"):
        begin_vote(
            world.actor("dai"), round_id=row.pk, facts=VoteFacts(frozenset(), ("nobody",), until)
        )
    facts = VoteFacts(frozenset({VoterGroup.MEMBERS, VoterGroup.SECRETARIES}), ("dai",), until)
    begin_vote(world.actor("dai"), round_id=row.pk, facts=facts)
    voters = set(HonourVoter.objects.values_list("account__username", flat=True))
    assert voters == {"chen", "qin", "deng", "dai"}
    chen, first, second = (one.pk for one in proposals)
    with pytest.raises(Absent):
        cast_ballot(world.actor("gu"), round_id=row.pk, proposal_ids=[chen])
    with pytest.raises(Refused, match=r"honour\.ticks"):
        cast_ballot(world.actor("qin"), round_id=row.pk, proposal_ids=[chen, first, second])
    for who, ticks in (("chen", [first, second]), ("qin", [chen, first]), ("dai", [chen, second])):
        cast_ballot(world.actor(who), round_id=row.pk, proposal_ids=ticks)
    with pytest.raises(Refused, match=r"honour\.voted"):
        cast_ballot(world.actor("qin"), round_id=row.pk, proposal_ids=[chen])
    columns = {field.name for field in HonourBallot._meta.get_fields()}
    assert columns == {"id", "round", "ticks"}
    assert not tie_of(row).tied
    with pytest.raises(Refused, match=r"honour\.vote-goes-on"):
        count_ballots(world.actor("deng"), round_id=row.pk)
    extend_vote(world.actor("dai"), round_id=row.pk, until=until + timedelta(days=1))
    with clock.at(steps.noon(until + timedelta(days=2))):
        with pytest.raises(Refused, match=r"reason\.missing"):
            count_ballots(world.actor("deng"), round_id=row.pk, picks=[chen, first])
        with pytest.raises(Refused, match=r"honour\.tie"):
            count_ballots(world.actor("deng"), round_id=row.pk, picks=[chen], reason="并列")
        row = count_ballots(
            world.actor("deng"), round_id=row.pk, picks=[chen, first], reason="服务年限更长"
        )
    assert (row.state, row.tie_reason) == ("draft", "服务年限更长")
    proposed = dict(row.proposals.values_list("pk", "proposed"))
    assert proposed == {chen: V.CHOSEN, first: V.CHOSEN, second: V.PASSED_OVER}
    with pytest.raises(Absent):
        nominate(world.actor("dai"), round_id=row.pk, name="陈晓宇", reason="再提名")
    keys = [one.pk for one in proposals]
    old = sign_proposals(world.actor("deng"), proposal_ids=keys, count="")
    assert {refused.code for _, refused in old.refused} == {"honour.counted"}, "an old page"
    assert len(steps.signed(world, proposals).done) == 3


def test_who_is_named_belonged_here_at_the_instant_of_the_round(world: World) -> None:
    partner(world)
    served.hosted(world)
    star = steps.begun(world, K.STAR, "an")
    [guest] = steps.named(world, star, world.people["chen"].number, who="an")
    assert guest.branch == world.first
    for name in ("郝一鸣", "无此人"):
        with pytest.raises(Refused, match=r"honour\.unknown"):
            steps.named(world, star, name, who="an")
    with pytest.raises(Refused, match=r"honour\.named"):
        steps.named(world, star, "陈晓宇", who="an")
    with pytest.raises(Absent):
        sign_proposals(world.actor("an"), proposal_ids=[guest.pk], count="")
    unit = steps.begun(world, K.PARTNER, "an")
    [named] = steps.named(world, unit, "区城建局机关党委", who="an")
    assert (named.person, named.name) == (None, "区城建局机关党委")
    with pytest.raises(Refused, match=r"honour\.unknown"):
        steps.named(world, unit, "市发展委机关党委", who="an")
    remove_nominee(world.actor("an"), proposal_id=named.pk)
    assert not unit.proposals.exists()
    district = steps.begun(world, K.FINEST, "fan")
    [wide] = steps.named(world, district, "陈晓宇", who="fan")
    assert wide.branch == world.first
    factories.member("陈晓宇", world.second)
    with pytest.raises(Refused, match=r"honour\.several"):
        steps.named(world, steps.begun(world, K.FINEST), "陈晓宇")


def test_who_moved_is_judged_where_they_belonged_then_and_reads_it_still(world: World) -> None:
    chen, year = world.people["chen"], clock.today().year
    before = clock.midnight(clock.today().replace(year=year - 2, month=1, day=1))
    Membership.objects.filter(person=chen).update(recorded_at=before)
    Organisation.objects.update(opened_at=before)
    last = read_period(str(year - 1), AsOf(clock.now()))
    transferred(world)
    row = steps.begun(world, K.REVIEW, period=last)
    assert row.as_of == last.ends_at
    [proposal] = HonourProposal.objects.filter(round=row)
    assert (proposal.person, proposal.branch) == (chen, world.first)
    assert not steps.begun(world, K.ELIGIBILITY).proposals.filter(person=chen).exists()
    steps.word(world, proposal, V.EXCELLENT)
    steps.made_public(world, row)
    assert [one.pk for one in own_proposals(world.actor("chen"))] == [proposal.pk]
    assert not rounds(world.actor("lin")).filter(pk=row.pk).exists()
    object_to_verdict(world.actor("chen"), proposal_id=proposal.pk, text="另有证明")


@pytest.mark.parametrize("kind", [K.RATING, K.PARTNER])
def test_what_is_not_judged_here_or_not_switched_on(world: World, kind: HonourKind) -> None:
    with pytest.raises(Refused, match=r"honour\.(kind|stars-off)"):
        steps.begun(world, kind)


def test_there_is_one_round_of_a_kind_and_time(world: World) -> None:
    steps.begun(world, K.FINEST)
    with pytest.raises(Refused, match=r"honour\.double"):
        steps.begun(world, K.FINEST)
    for name in ("qin", "chen", "gu"):
        with pytest.raises(Absent):
            nominate(
                world.actor(name), round_id=HonourRound.objects.get().pk, name="陈晓宇", reason="好"
            )


def test_who_takes_over_finishes_the_round_and_without_a_successor_it_is_withdrawn(
    world: World,
) -> None:
    served.hosted(world)
    row = steps.begun(world, K.STAR, "ji")
    [proposal] = steps.named(world, row, "陈晓宇", who="ji")
    merged = done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    assert [one.pk for one in rounds_of(world.actor("bao"), world.bridge)] == [row.pk]
    world.accounts["bao"].grants.update(role="community-secretary")
    undone(world, merged)
    with pytest.raises(Absent):
        steps.signed(world, [proposal], "bao")
    merged = done(world, world.willow, Aim(Reform.MERGED, successor_id=world.bridge.pk))
    assert steps.signed(world, [proposal], "bao").done
    row.refresh_from_db()
    assert row.state == "draft"


def test_of_who_is_dissolved_a_round_is_withdrawn(world: World) -> None:
    row = HonourRound.objects.create(
        organisation=world.north, kind=K.STAR, period_text="2026", most=1, as_of=clock.now()
    )
    done(world, world.north, Aim(Reform.DISSOLVED))
    row.refresh_from_db()
    assert row.state == "withdrawn"

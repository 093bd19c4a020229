"""What the people of a drawn city did: service records in chains, needs, offers, claims.

Each record is of somebody in service, nine of ten in the community of their home, recorded within
days; one in a hundred is reversed some weeks later. Chains have their order and their places, not
true hashes: the workloads here count and list, `bench.ledger_verify` verifies.
"""

from collections.abc import Callable

from django.db.models import F

from baodao.kernel.authz import NOBODY
from baodao.ledger.models import ChainHead
from baodao.tallies.commands import tally_records
from baodao.tallies.queries import behind

TABLES = (
    "ledger_servicerecord",
    "ledger_chainhead",
    "needs_need",
    "needs_needstage",
    "offers_offer",
    "claims_claim",
    "claims_seat",
)
FRESH = 1
"""Records of each chain that the worker has not taken yet: a quarter of an hour of a city that
writes 30,000,000 a year in 1,000 communities; the worker comes by every minute."""


def parts(die: Callable[[str, int, int], str]) -> tuple[str, ...]:
    """The statements, with `die(number, salt, sides)` as the die of SQL."""
    records = f"""
CREATE TEMPORARY TABLE serving AS
SELECT row_number() OVER (ORDER BY drawn.n) AS turn, drawn.person_id, branch.id AS branch_id,
       person.home_community_id AS home
FROM drawn
JOIN people_person person ON person.id = drawn.person_id
JOIN orgs_organisation branch ON branch.kind = 'branch' AND branch.sort = drawn.branch_sort
WHERE drawn.in_service;
CREATE UNIQUE INDEX ON serving (turn);
ANALYZE serving;

CREATE TEMPORARY TABLE done AS
SELECT n, who.person_id, who.branch_id,
       CASE WHEN {die("n", 31, 10)} > 0 THEN who.home ELSE elsewhere.id END AS community_id,
       date '2026-01-05' + ({die("n", 32, 200)})::int AS served_on,
       {die("n", 33, 72)} AS later, 30 + 10 * {die("n", 34, 20)} AS minutes
FROM generate_series(1, %(records)s) n
JOIN serving who ON who.turn = 1 + {die("n", 30, 1000000007)} %% (SELECT count(*) FROM serving)
JOIN orgs_organisation elsewhere ON elsewhere.kind = 'community'
    AND elsewhere.sort = 1 + {die("n", 35, 1000003)} %% %(communities)s;

CREATE TEMPORARY TABLE told AS
SELECT md5('record' || n)::uuid AS id, NULL::uuid AS reverses, done.*,
       served_on + interval '18 hour' + interval '1 hour' * later AS recorded_at
FROM done
UNION ALL
SELECT md5('undone' || n)::uuid, md5('record' || n)::uuid, done.*,
       served_on + interval '18 hour' + interval '1 hour' * (later + 24 * 30)
FROM done WHERE n %% 100 = 0;

INSERT INTO ledger_servicerecord
    (community_id, id, seq, hash, recorded_at, person_id, branch_id, served_on,
     minutes, category, way, place, result, offer_title, origin, recipient_confirmed, confirmed_by,
     recorded_by, reverses, reason)
SELECT told.community_id, told.id,
       row_number() OVER (PARTITION BY told.community_id ORDER BY recorded_at, told.id),
       decode(md5(told.id::text) || md5('hash' || told.id), 'hex'),
       recorded_at AT TIME ZONE 'Asia/Shanghai', person_id, branch_id, served_on,
       CASE WHEN reverses IS NULL THEN told.minutes ELSE -told.minutes END, 'environment',
       CASE WHEN n %% 3 = 0 THEN 'post' ELSE 'activity' END, '', '', '楼道清扫岗', 'list', false,
       '社区专干', '社区专干', reverses, CASE WHEN reverses IS NULL THEN '' ELSE '登记有误' END
FROM told
ORDER BY recorded_at;

INSERT INTO ledger_chainhead (community_id, seq, hash)
SELECT community_id, max(seq), decode(repeat('00', 32), 'hex') FROM ledger_servicerecord GROUP BY 1;
"""
    offers = f"""
INSERT INTO offers_offer
    (id, community_id, organiser_id, kind, title, text, category, place, schedule, specialties,
     bring, places, approval, state, created_at, created_by, published_at, ended_reason)
SELECT md5('offer' || community.id || '-' || n)::uuid, community.id, community.id, 'post',
       '楼道清扫岗', '', 'environment', '', '', '', '', 100, false, 'published', %(start)s,
       '社区专干', %(start)s::timestamptz + interval '1 day' * n, ''
FROM orgs_organisation community, generate_series(1, 10) n WHERE community.kind = 'community';

INSERT INTO claims_claim
    (id, offer_id, person_id, branch_id, community_id, places, state, claimed_at, seated_at,
     decided_by, reason)
SELECT md5('claim' || who.turn)::uuid,
       md5('offer' || who.home || '-' || 1 + {die("who.turn", 36, 10)})::uuid,
       who.person_id, who.branch_id, who.home, 1, 'active',
       %(start)s::timestamptz + interval '40 day',
       %(start)s::timestamptz + interval '40 day', '', ''
FROM serving who
WHERE who.turn %% 3 = 0;

INSERT INTO claims_seat (id, claim_id, person_id, branch_id, since)
SELECT md5('seat' || id)::uuid, id, person_id, branch_id, claimed_at FROM claims_claim;

INSERT INTO needs_need
    (id, code, community_id, source, category, text, place, urgency, asker, state, collected_at,
     collected_by, opened_at, closed_at, reason, satisfied, remark, consent)
SELECT md5('need' || community.id || '-' || n)::uuid, 'N' || community.id || '-' || n, community.id,
       'window', 'relief', '老人需要修水管', '', 'normal', '', fate.state,
       %(start)s::timestamptz + interval '1 day' * (6 * n), '社区专干',
       CASE WHEN fate.state <> 'screened'
            THEN %(start)s::timestamptz + interval '1 day' * (6 * n + 2) END,
       CASE WHEN fate.state IN ('met', 'unmet')
            THEN %(start)s::timestamptz + interval '1 day' * (6 * n + 5) END, '', '', '', ''
FROM orgs_organisation community, generate_series(1, 25) n, LATERAL (
    SELECT (ARRAY['met', 'met', 'met', 'open', 'screened', 'unmet'])
        [1 + {die("community.sort * 100 + n", 37, 6)}] AS state
) fate
WHERE community.kind = 'community';

INSERT INTO needs_needstage (id, subject_id, state, since, until)
SELECT md5(stage.state || need.id)::uuid, need.id, stage.state, stage.since, stage.until
FROM needs_need need, LATERAL (VALUES
    ('screened', need.collected_at, need.opened_at),
    ('open', need.opened_at, need.closed_at),
    (need.state, need.closed_at, NULL)
) AS stage (state, since, until)
WHERE stage.since IS NOT NULL;
"""
    return records, offers


def tally() -> int:
    """Let the worker take all but the latest records of each chain; how many."""
    ChainHead.objects.update(seq=F("seq") - FRESH)
    count = 0
    while taken := tally_records(NOBODY, community_ids=behind()):
        count += taken
    ChainHead.objects.update(seq=F("seq") + FRESH)
    return count

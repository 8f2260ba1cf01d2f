"""The counts on the home page and beside each problem, rebuilt from valid judgements."""

from __future__ import annotations

from sqlalchemy import Connection, text

PROBLEMS = text("""
INSERT INTO problem_statistics AS r (problem_id, submissions, accepted, solvers, refreshed_at)
SELECT p.id, count(j.id), count(j.id) FILTER (WHERE j.verdict = 'AC'),
       count(DISTINCT s.user_id) FILTER (WHERE j.verdict = 'AC'), now()
FROM problems p
LEFT JOIN submissions s ON s.problem_id = p.id AND NOT s.is_jury
LEFT JOIN judgements j ON j.submission_id = s.id
  AND j.valid AND j.state = 'finished' AND j.verdict <> 'JE'
GROUP BY p.id
ON CONFLICT (problem_id) DO UPDATE SET
  submissions = excluded.submissions, accepted = excluded.accepted, solvers = excluded.solvers,
  refreshed_at = excluded.refreshed_at
WHERE (r.submissions, r.accepted, r.solvers)
  IS DISTINCT FROM (excluded.submissions, excluded.accepted, excluded.solvers)
""")

SITE = text("""
INSERT INTO site_statistics (id, counts, refreshed_at)
SELECT 1, jsonb_build_object(
  'users', (SELECT count(*) FROM users WHERE disabled_at IS NULL),
  'problems', (SELECT count(*) FROM problems WHERE visibility = 'public'),
  'submissions', (SELECT coalesce(sum(submissions), 0)::bigint FROM problem_statistics),
  'accepted', (SELECT coalesce(sum(accepted), 0)::bigint FROM problem_statistics)
), now()
ON CONFLICT (id) DO UPDATE SET counts = excluded.counts, refreshed_at = excluded.refreshed_at
""")


def refresh(connection: Connection) -> int:
    """Rebuild all counts and return for how many problems they changed."""
    changed = connection.execute(PROBLEMS).rowcount
    connection.execute(SITE)
    return changed

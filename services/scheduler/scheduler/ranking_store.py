"""The site-wide ranking in PostgreSQL, rebuilt as a whole in one statement."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, text

REBUILD = text("""
WITH worth AS (
  SELECT * FROM unnest(CAST(:difficulties AS text[]), CAST(:points AS integer[]))
    AS w(difficulty, points)
), judged AS (
  SELECT s.user_id, s.problem_id, s.submitted_at, j.verdict, w.points
  FROM judgements j
  JOIN submissions s ON s.id = j.submission_id AND NOT s.is_jury
  JOIN problems p ON p.id = s.problem_id AND p.visibility = 'public'
  JOIN worth w ON w.difficulty = p.difficulty
  JOIN users u ON u.id = s.user_id AND u.roles = '{}' AND u.disabled_at IS NULL
  WHERE j.valid AND j.state = 'finished' AND j.verdict <> 'JE'
), solved AS (
  SELECT user_id, problem_id, points, min(submitted_at) AS solved_at
  FROM judged WHERE verdict = 'AC' GROUP BY user_id, problem_id, points
), scores AS (
  SELECT user_id, sum(points) AS score, count(*) AS solved, max(solved_at) AS last_solved_at
  FROM solved GROUP BY user_id
), rows AS MATERIALIZED (
  SELECT t.user_id, t.submissions, coalesce(c.score, 0)::integer AS score,
         coalesce(c.solved, 0)::integer AS solved, c.last_solved_at,
         rank() OVER (ORDER BY coalesce(c.score, 0) DESC)::integer AS place
  FROM (SELECT user_id, count(*)::integer AS submissions FROM judged GROUP BY user_id) AS t
  LEFT JOIN scores c USING (user_id)
), gone AS (
  DELETE FROM ranking_rows r WHERE NOT EXISTS (SELECT 1 FROM rows WHERE user_id = r.user_id)
)
INSERT INTO ranking_rows AS r
  (user_id, place, score, solved, submissions, last_solved_at, refreshed_at)
SELECT user_id, place, score, solved, submissions, last_solved_at, now() FROM rows
ON CONFLICT (user_id) DO UPDATE SET
  place = excluded.place, score = excluded.score, solved = excluded.solved,
  submissions = excluded.submissions, last_solved_at = excluded.last_solved_at,
  refreshed_at = excluded.refreshed_at
-- Rows that stay as they are are not written: most of them do, every minute.
WHERE (r.place, r.score, r.solved, r.submissions, r.last_solved_at)
  IS DISTINCT FROM (excluded.place, excluded.score, excluded.solved, excluded.submissions,
                    excluded.last_solved_at)
""")


def rebuild(connection: Connection, points: Mapping[str, int]) -> int:
    """Rebuild the ranking and return how many rows changed.

    Args:
        connection: in a transaction.
        points: for a solved problem, by its difficulty.

    """
    values = {"difficulties": list(points), "points": list(points.values())}
    return connection.execute(REBUILD, values).rowcount

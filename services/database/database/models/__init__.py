"""All tables, a module for each subject. Import from here."""

from database.models.accounts import (
    EmailVerification,
    PasswordReset,
    PersonalAccessToken,
    Session,
    User,
)
from database.models.blobs import Blob, BlobChunk
from database.models.languages import Language
from database.models.notifications import Delivery
from database.models.playground import PlaygroundCase, PlaygroundRun
from database.models.problems import (
    DataSet,
    JuryProgram,
    Problem,
    ProblemStatement,
    TestCase,
)
from database.models.rejudgings import Rejudging
from database.models.site import Announcement
from database.models.standings import ProblemStatistics, RankingRow, SiteStatistics
from database.models.submissions import Judgement, Run, Submission, SubmissionFile

__all__ = [
    "Announcement",
    "Blob",
    "BlobChunk",
    "DataSet",
    "Delivery",
    "EmailVerification",
    "Judgement",
    "JuryProgram",
    "Language",
    "PasswordReset",
    "PersonalAccessToken",
    "PlaygroundCase",
    "PlaygroundRun",
    "Problem",
    "ProblemStatement",
    "ProblemStatistics",
    "RankingRow",
    "Rejudging",
    "Run",
    "Session",
    "SiteStatistics",
    "Submission",
    "SubmissionFile",
    "TestCase",
    "User",
]

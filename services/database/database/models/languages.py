"""The languages as the judges last offered them. Owned by the grader, who asks the judges."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ARRAY, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base, owned_by


class Language(Base):
    """A programming language and whether any judge offers it now."""

    __tablename__ = "languages"
    __table_args__ = (owned_by("grader", "Languages as the judges offer them."),)

    id: Mapped[str] = mapped_column(primary_key=True, comment="Kattis id, such as cpp.")
    name: Mapped[str] = mapped_column(comment="For people: C++ (GNU++20).")
    version: Mapped[str] = mapped_column(comment="As the compiler says.")
    extensions: Mapped[list[str]] = mapped_column(ARRAY(Text), comment="Without the dot.")
    compile_command: Mapped[str] = mapped_column(comment="Shown on the help page; may be empty.")
    run_command: Mapped[str] = mapped_column(comment="Shown on the help page.")
    available: Mapped[bool] = mapped_column(comment="Some ready judge passed its self-test.")
    position: Mapped[int] = mapped_column(comment="Order in lists, as the judge gives it.")
    seen_at: Mapped[datetime] = mapped_column(comment="When a judge last answered.")

import type { Catalogue } from "../ko";
import { accounts, settings } from "./accounts";
import { common, difficulty, errors, nav, themes, units } from "./common";
import { help } from "./help";
import { packages, problem, problems, workspace } from "./problems";
import { rejudging } from "./rejudgings";
import { announcements, home, ranking, users } from "./site";
import { submission, verdictHelp, verdicts } from "./submissions";

const en: Catalogue = {
  accounts,
  announcements,
  common,
  difficulty,
  errors,
  help,
  home,
  nav,
  packages,
  problem,
  problems,
  ranking,
  rejudging,
  settings,
  submission,
  themes,
  units,
  users,
  verdictHelp,
  verdicts,
  workspace,
};

export default en;

import { accounts, settings } from "./accounts";
import { common, difficulty, errors, nav, themes, units } from "./common";
import { help } from "./help";
import { packages, problem, problems, workspace } from "./problems";
import { rejudging } from "./rejudgings";
import { announcements, home, ranking, users } from "./site";
import { submission, verdictHelp, verdicts } from "./submissions";

const ko = {
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

/** The same keys in every language: a forgotten translation does not compile. */
export type Catalogue = typeof ko;
export default ko;

export const home = {
  title: "Think it.\nCode it. Prove it.",
  lead: "CodePlace is an online judge: read a problem, write your program right beside it, and know within seconds how it did. Ready for courses and contests.",
  start: "Solve a problem",
  problems: "Good ones to start with",
  ranking: "Ranking",
  counts: {
    problems: "problems",
    users: "people",
    submissions: "submissions",
    accepted: "accepted",
  },
};

export const announcements = {
  title: "Announcements",
  none: "No announcements yet.",
  pinned: "pinned",
};

export const ranking = {
  lead: "Points for each solved problem, by its difficulty. Reckoned anew every minute.",
  none: "Nobody is on the board yet. Be the first.",
  points: "{n} points",
  place: "Place",
  name: "Name",
  score: "Score",
  solved: "Solved",
  submissions: "Submissions",
};

export const users = {
  since: "here since {day}",
  solved: "Solved problems",
  noneSolved: "Nothing solved yet.",
};

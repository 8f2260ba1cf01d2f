export const common = {
  loading: "Loading",
  retry: "Try again",
  pages: "Pages",
  page: "Page {n}",
  previous: "Previous",
  next: "Next",
  copy: "Copy",
  copied: "Copied",
  close: "Close",
  nothing: "Nothing fits",
  chosen: "chosen",
  more: "More",
  moreOf: "More: {title}",
};

export const nav = {
  skip: "Skip to the content",
  main: "Main",
  footer: "Footer",
  menu: "Open the menu",
  home: "CodePlace home",
  problems: "Problems",
  submissions: "Submissions",
  ranking: "Ranking",
  help: "Help",
  language: "Language",
  theme: "Theme",
  account: "{name}: account menu",
  profile: "My profile",
  mySubmissions: "My submissions",
  logout: "Log out",
};

export const themes = { system: "As the system", light: "Light", dark: "Dark" };

export const units = {
  ms: "{n} ms",
  s: "{n} s",
  mib: "{n} MiB",
  kib: "{n} KiB",
  byte: "{n} B",
};

export const difficulty = {
  very_low: "Very easy",
  low: "Easy",
  mid: "Medium",
  high: "Hard",
  very_high: "Very hard",
};

export const errors = {
  network: "The server could not be reached. Check your connection and try again.",
  unreadable: "The server sent an answer we cannot read. Please try again in a moment.",
  requestId: "When you ask for help, give this number: {id}",
  sessionEnded: "Your session has ended. Please log in again; your code is still here.",
  notFoundTitle: "There is no such page",
  notFound: "The address may have changed, or it was mistyped.",
  crashTitle: "This page could not be shown",
  crash:
    "There may be a new version, or the connection was lost. Loading the page again helps in most cases.",
  reload: "Load again",
};

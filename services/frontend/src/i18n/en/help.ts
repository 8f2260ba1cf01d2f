export const help = {
  lead: "What the verdicts mean, and how programs are compiled and run.",
  verdicts: "Verdicts",
  languages: "Languages, how they are compiled and run",
  compile: "Compile",
  run: "Run",
  notInstalled: "not installed on this server",
  questions: "Common questions",
  question: {
    input: "Where do input and output go?",
    compare: "How is my output compared?",
    limits: "How are time and memory measured?",
    java: "How should my Java class be named?",
    live: "What if no verdict arrives?",
  },
  answer: {
    input:
      "Read standard input, write standard output. There are no files and no network. Standard error is not judged.",
    compare:
      "Token by token unless the problem says otherwise: how many blanks or line breaks there are does not matter, and real numbers may differ by the tolerance in the statement.",
    limits:
      "For each test we measure the CPU time the program used and its peak of memory. What you see is the slowest test and the largest one.",
    java: "Naming the class with main `Main` is the safest choice.",
    live: "Verdicts arrive without reloading. If your connection drops, judging goes on; you find the verdict in the list of submissions at any time.",
  },
};

export const home = {
  title: "생각을 코드로,\n코드를 실력으로.",
  lead: "CodePlace는 문제를 읽고, 바로 코드를 쓰고, 몇 초 안에 채점 결과를 받는 온라인 저지입니다. 수업과 대회에도 그대로 쓸 수 있습니다.",
  start: "문제 풀러 가기",
  problems: "먼저 풀어 볼 문제",
  ranking: "랭킹",
  counts: { problems: "문제", users: "회원", submissions: "제출", accepted: "정답" },
};

export const announcements = {
  title: "공지사항",
  none: "아직 공지가 없습니다.",
  pinned: "고정됨",
};

export const ranking = {
  lead: "푼 문제의 난이도에 따라 점수를 얻습니다. 1분마다 새로 계산합니다.",
  none: "아직 순위에 오른 사람이 없습니다. 첫 번째가 되어 보세요.",
  points: "{n}점",
  place: "순위",
  name: "이름",
  score: "점수",
  solved: "푼 문제",
  submissions: "제출",
};

export const users = {
  since: "{day} 가입",
  solved: "푼 문제",
  noneSolved: "아직 푼 문제가 없습니다.",
};

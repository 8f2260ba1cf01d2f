export const common = {
  loading: "불러오는 중입니다",
  retry: "다시 시도",
  pages: "페이지 이동",
  page: "{n}쪽",
  previous: "이전",
  next: "다음",
  copy: "복사",
  copied: "복사됨",
  close: "닫기",
  nothing: "해당하는 항목이 없습니다",
  chosen: "선택됨",
  more: "더 보기",
  moreOf: "{title} 더 보기",
};

export const nav = {
  skip: "본문으로 건너뛰기",
  main: "주 메뉴",
  footer: "아래쪽 메뉴",
  menu: "메뉴 열기",
  home: "CodePlace 첫 화면",
  problems: "문제",
  submissions: "제출 현황",
  ranking: "랭킹",
  help: "도움말",
  language: "언어",
  theme: "화면 테마",
  account: "{name}: 계정 메뉴",
  profile: "내 프로필",
  mySubmissions: "내 제출",
  logout: "로그아웃",
};

export const themes = { system: "시스템 설정", light: "밝게", dark: "어둡게" };

export const units = {
  ms: "{n} ms",
  s: "{n}초",
  mib: "{n} MiB",
  kib: "{n} KiB",
  byte: "{n} B",
};

export const difficulty = {
  very_low: "매우 쉬움",
  low: "쉬움",
  mid: "보통",
  high: "어려움",
  very_high: "매우 어려움",
};

export const errors = {
  network: "서버에 연결하지 못했습니다. 인터넷 연결을 확인한 뒤 다시 시도해 주세요.",
  unreadable: "서버가 알 수 없는 답을 보냈습니다. 잠시 뒤 다시 시도해 주세요.",
  requestId: "문의하실 때 이 번호를 알려 주세요: {id}",
  sessionEnded:
    "로그인이 만료되었습니다. 다시 로그인해 주세요. 작성하던 코드는 그대로 남아 있습니다.",
  notFoundTitle: "찾을 수 없는 페이지입니다",
  notFound: "주소가 바뀌었거나 잘못 입력되었을 수 있습니다.",
  crashTitle: "화면을 보여 드리지 못했습니다",
  crash:
    "새 버전이 배포되었거나 연결이 끊겼을 수 있습니다. 페이지를 새로 고치면 대부분 해결됩니다.",
  reload: "새로 고침",
};

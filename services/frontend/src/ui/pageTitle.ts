export function setPageTitle(title: string): void {
  document.title = title ? `${title} · CodePlace` : "CodePlace";
}

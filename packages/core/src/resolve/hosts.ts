/** Whether the user has named the host of `url`. */
export function isAllowedHost(url: string, hosts: readonly string[]): boolean {
  const parsed = URL.parse(url, "https://relative.invalid");
  return parsed !== null && hosts.includes(parsed.hostname.toLowerCase());
}

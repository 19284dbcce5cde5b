import { webUrlSchema } from '../../schemas';

// GitHub: /owner/repo/pull/7; GitLab: /group/…/project/-/merge_requests/7.
const PATH = /^\/(.+?)\/(?:pull|-\/merge_requests)\/([1-9]\d{0,8})(?:\/|$)/;

/**
 * Which change a page of a host shows.
 *
 * @returns undefined where it is no address of a pull or merge request
 * @public
 */
export function changeAddress(
  url: string,
): { host: string; repository: string; number: number } | undefined {
  const address = webUrlSchema.safeParse(url.trim());
  if (!address.success) {
    return undefined;
  }
  const { host, pathname } = new URL(address.data);
  const [, repository, number] = PATH.exec(pathname) ?? [];
  return repository === undefined
    ? undefined
    : { host, repository: repository.toLowerCase(), number: Number(number) };
}

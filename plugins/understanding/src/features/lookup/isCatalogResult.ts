/** Whether a result of search is one of the catalog. */
export function isCatalogResult(result: { type: string }): boolean {
  return result.type === 'software-catalog';
}

/** Tags by which people vouch for a patch, as the list uses them. Closed. */
export const REVIEW_TAGS = [
  'Reviewed-by',
  'Acked-by',
  'Release-acked-by',
  'Tested-by',
  'Reported-by',
  'Suggested-by',
  'Signed-off-by',
] as const;

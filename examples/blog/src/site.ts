export const SITE = {
  name: "Hedgerow",
  description: "Notes on type, maps, old paper and small software, by four people who would rather mend a thing than launch one.",
} as const;

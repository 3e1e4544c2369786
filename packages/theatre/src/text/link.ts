/** Texts of links: why one does not open, and the button that copies one. */
export const linkText = {
  noLink: "This link does not open: its last part is not one of this page's.",
  cut: "This link does not open: a part of it is missing or was changed on its way. Ask for it again, and copy it whole.",
  tooLong: "This link does not open: it is longer than any link of this page.",
  tooLarge: "This link does not open: it unpacks to more than any story needs.",
  older: (version: string) =>
    `This link does not open: it is of version ${version}, which this page no longer reads.`,
  newer: (version: string) =>
    `This link does not open: it is of version ${version}, newer than this page. Reload the page, then open the link again.`,
  forged: (why: string) => `This link does not open: ${why}.`,
  otherKind: (kind: string) => `This link does not open here: it belongs to the mode "${kind}".`,
  unfit: (why: string) => `There is no link for this: ${why}.`,
  noCompression:
    "This browser cannot pack or open links (it has no CompressionStream); a newer one can. All else works.",
  copy: "Copy link",
  copied: "The link is copied.",
  copyByHand: "The browser does not let this page copy. Copy the link from this field:",
} as const;

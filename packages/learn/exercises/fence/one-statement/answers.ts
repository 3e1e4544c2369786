import type { Answers } from "@shirts/learn/answers";

const fenced = (select: string, rest = "AND EXISTS (SELECT FROM fence)") =>
  `WITH fence AS (${select}) UPDATE people SET shirt = $3 WHERE people.area = $1 AND person = $4 ${rest}`;

export const answers: Answers<{ readonly step: string }> = {
  right: {
    "FOR SHARE": { step: fenced("SELECT FROM areas WHERE area = $1 AND revision = $2 FOR SHARE") },
    "compared outside": {
      step: fenced(
        "SELECT revision FROM areas WHERE area = $1 FOR UPDATE",
        "AND (SELECT revision FROM fence) = $2",
      ),
    },
    "FROM in place of EXISTS": {
      step: `WITH fence AS MATERIALIZED (SELECT area FROM areas WHERE area = $1 AND revision = $2 FOR NO KEY UPDATE)
             UPDATE people SET shirt = $3 FROM fence WHERE people.area = fence.area AND person = $4`,
    },
    "an UPDATE as the fence": {
      step: fenced("UPDATE areas SET revision = revision WHERE area = $1 AND revision = $2 RETURNING 1"),
    },
  },
  wrong: {
    "no lock": {
      answer: { step: fenced("SELECT FROM areas WHERE area = $1 AND revision = $2") },
      says: /accepted between the look and the commit/,
    },
    "FOR KEY SHARE": {
      answer: { step: fenced("SELECT FROM areas WHERE area = $1 AND revision = $2 FOR KEY SHARE") },
      says: /accepted between/,
    },
    "nobody reads from the fence": {
      answer: {
        step: fenced(
          "SELECT revision FROM areas WHERE area = $1 AND revision = $2 FOR UPDATE",
          "AND $2 = (SELECT revision FROM areas WHERE area = $1)",
        ),
      },
      says: /accepted between/,
    },
    "it compares nothing": {
      answer: { step: fenced("SELECT FROM areas WHERE area = $1 AND $2 > 0 FOR UPDATE") },
      says: /painted PURPLE all the same/,
    },
    "not older": {
      answer: { step: fenced("SELECT FROM areas WHERE area = $1 AND revision >= $2 FOR UPDATE") },
      says: /painted PURPLE all the same/,
    },
    "token 1": {
      answer: { step: fenced("SELECT FROM areas WHERE area = $1 AND revision = 1 AND $2 = 1 FOR UPDATE") },
      says: /token 7.*painted nobody/,
    },
    everybody: {
      answer: {
        step: fenced("SELECT FROM areas WHERE area = $1 AND revision = $2 FOR UPDATE").replace(
          "person = $4",
          "$4 > 0",
        ),
      },
      says: /painted 3 of 3/,
    },
    "no statement": { answer: { step: "" }, says: /should be a text: one SQL statement/ },
    "no text": { answer: { step: 1 as unknown as string }, says: /should be a text/ },
  },
};

DROP SCHEMA IF EXISTS plain_fence CASCADE;
CREATE SCHEMA plain_fence;
SET search_path TO plain_fence;

CREATE TABLE areas (area text PRIMARY KEY, revision int NOT NULL);
CREATE TABLE people (area text, person int, shirt text, PRIMARY KEY (area, person));
CREATE TABLE outbox (area text, revision int, shirt text, sent bool NOT NULL DEFAULT false, PRIMARY KEY (area, revision));

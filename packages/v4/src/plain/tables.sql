DROP SCHEMA IF EXISTS plain_fence CASCADE;
CREATE SCHEMA plain_fence;
SET search_path TO plain_fence;

CREATE TABLE areas (area text PRIMARY KEY, revision int NOT NULL);
CREATE TABLE people (area text, person int, shirt text, PRIMARY KEY (area, person));

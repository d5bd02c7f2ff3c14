CREATE TABLE pages (id INTEGER PRIMARY KEY, title VARCHAR(100) NOT NULL);
INSERT INTO pages (id, title) VALUES (1, 'first; and not last');

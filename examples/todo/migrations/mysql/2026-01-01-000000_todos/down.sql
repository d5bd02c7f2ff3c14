DROP TABLE events;
DROP TABLE todos;

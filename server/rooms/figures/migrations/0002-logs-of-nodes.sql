-- Each node has a log of its own, and each log its own mark.
alter table figure_use_mark drop column singleton;
alter table figure_use_mark add column node text not null default '';
alter table figure_use_mark alter column node drop default;
alter table figure_use_mark add primary key (node);

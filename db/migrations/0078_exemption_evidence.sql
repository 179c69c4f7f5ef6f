-- Evidence of exemptions as files, by kinds of reason that say whether words alone will do.
alter table apologies.exemption add column reason_code text;
comment on column apologies.exemption.reason_code is 'Nhóm lý do miễn (content/apologies/exemptions.yaml); trống ở đề nghị trước khi có danh mục';
alter table apologies.exemption add column files jsonb not null default '[]';
comment on column apologies.exemption.files is 'Tệp chứng minh lúc đề nghị: mã và tên tệp, không đổi sau khi gửi';

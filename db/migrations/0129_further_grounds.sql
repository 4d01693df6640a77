-- REFUSE-1: besides the six grounds of NĐ 23/2015 Art. 22, which are about originals: what was presented is none, is suspected to be forged
-- (Art. 9), or is not for this agency to certify (Art. 5). Each ends with a written notice as well.
alter table refusal drop constraint refusal_ground_check;
alter table refusal add constraint refusal_ground_check check (ground in
  ('A22_1', 'A22_2', 'A22_3', 'A22_4', 'A22_5', 'A22_6', 'NOT_ORIGINAL', 'SUSPECTED_FAKE', 'NOT_COMPETENT'));

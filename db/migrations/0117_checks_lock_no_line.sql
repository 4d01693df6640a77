-- A check is kept by a statement that finds the certificate in the register first, and the register's lines are neither deleted nor
-- given another id (triggers of 0003). The reference guarded nothing more, and cost as much as the rest of the statement: for each page
-- that a stranger opens it locked, and so rewrote, the certificate's row. ADR 0082.
alter table copy_check drop constraint copy_check_certificate_id_fkey;

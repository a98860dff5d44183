-- What is meant by a key, a store code and a quantity as they stand in a raw file, and which rule they break: macros for the queries beside this one.
-- Text without a character that is not ASCII is left alone, which nearly all of five million records have: strlen counts bytes.
CREATE MACRO normalised(written) AS
    CASE
        WHEN strlen(written) = length(written) THEN trim(written, ' ')
        ELSE trim(regexp_replace(
            regexp_replace(nfc_normalize(written), '[\x{00A0}\x{2000}-\x{200A}\x{202F}\x{3000}]', ' ', 'g'),
            '[\x{00AD}\x{200B}-\x{200F}\x{2060}\x{FEFF}]', '', 'g'
        ), ' ')
    END;

-- HotWax's own spelling, with what pasting leaves around it taken off; '' for none.
CREATE MACRO of_hotwax(written) AS coalesce(trim(normalised(written), concat(' ', chr(9), chr(10), chr(11), chr(12), chr(13))), '');

-- HotWax's or a response file's code of a store: two that differ only in case are one store's.
CREATE MACRO store_key(written) AS lower(of_hotwax(written));

CREATE MACRO is_respelled(written) AS coalesce(normalised(written) <> trim(written, ' '), false);

-- A number written back as it stood is digits alone: that spares nearly all of five million records the expression.
CREATE MACRO is_digits(written) AS
    CASE
        WHEN written = CAST(TRY_CAST(written AS UBIGINT) AS VARCHAR) THEN true
        ELSE coalesce(regexp_full_match(written, '[0-9]+'), false)
    END;

-- What sorts from '1' on has no zero in front; text is compared quicker than it is trimmed.
CREATE MACRO without_zeros(written) AS CASE WHEN written < '1' THEN ltrim(written, '0') ELSE written END;

CREATE MACRO key_of(written) AS ltrim(normalised(written), '0');

CREATE MACRO without_marks(text) AS
    CASE
        WHEN regexp_full_match(text, '[0-9][0-9 .-]*')
        THEN regexp_replace(regexp_replace(text, '\.0+$', ''), '[ .-]', '', 'g')
        ELSE text
    END;

-- The key that somebody may have meant by ="0123", 0-123 or 123.0: only to say that it was left out, never to send it.
CREATE MACRO key_meant_by(written) AS
    ltrim(without_marks(regexp_replace(normalised(written), '^[=+@''"\s-]+|["''\s]+$', '', 'g')), '0');

CREATE MACRO is_total(written) AS
    coalesce(regexp_full_match(trim(written), '(?i)(grand |sub-?)?totals?:?'), false);

CREATE MACRO is_scientific(written) AS
    coalesce(regexp_full_match(trim(written), '[0-9]([.,][0-9]+[eE]\+?|[eE]\+)[0-9]+'), false);

CREATE MACRO is_empty_record(upc, store_code, quantity) AS
    regexp_full_match(concat_ws('', upc, store_code, quantity), '[-=_\s]*');

CREATE MACRO loosely(name) AS lower(regexp_replace(nfc_normalize(name), '[ _.-]', '', 'g'));

-- What a record is that tells of no product at no store, whoever's; null if it is one.
CREATE MACRO no_data(upc, store_code, quantity, upc_name, store_name, names) AS
    CASE
        WHEN is_empty_record(upc, store_code, quantity) THEN 'an empty record'
        WHEN loosely(upc) = upc_name AND loosely(store_code) = store_name THEN 'the header again'
        WHEN list_contains(names, loosely(upc)) AND list_contains(names, loosely(store_code))
        THEN 'a second header, of other columns'
    END;

-- The first two of these: they are left out and counted, and speak against no file.
CREATE MACRO is_no_data(upc_rule) AS coalesce(upc_rule IN ('an empty record', 'the header again'), false);

-- Why a record can't be read at all, whoever's it is; null if it can.
CREATE MACRO unreadable_rule(upc, store_code) AS
    CASE
        WHEN is_total(upc) OR is_total(store_code) THEN 'a total, no record'
        WHEN coalesce(normalised(store_code), '') = '' THEN 'no store code'
        WHEN is_scientific(upc) THEN 'UPC in scientific notation'
    END;

-- The same, where the UPC is known by what is odd about it.
CREATE MACRO unreadable_by(upc_rule, store_code) AS
    CASE
        WHEN is_no_data(upc_rule) THEN NULL
        WHEN upc_rule IN ('a total, no record', 'a second header, of other columns') THEN upc_rule
        WHEN unreadable_rule(NULL, store_code) IS NOT NULL THEN unreadable_rule(NULL, store_code)
        WHEN upc_rule = 'UPC in scientific notation' THEN upc_rule
    END;

-- What is odd about a UPC that is not digits alone.
CREATE MACRO upc_rule(upc) AS
    CASE
        WHEN coalesce(normalised(upc), '') = '' THEN 'UPC is empty'
        WHEN is_total(upc) THEN 'a total, no record'
        WHEN is_scientific(upc) THEN 'UPC in scientific notation'
        WHEN regexp_matches(upc, '^[=+@\t\r\n-]') THEN 'UPC starts like a formula'
        WHEN is_respelled(upc) THEN 'key has invisible or decomposed characters'
        WHEN regexp_full_match(trim(upc, ' '), '[0-9]+') THEN 'UPC has spaces around it'
        ELSE 'UPC has other characters than digits'
    END;

CREATE MACRO quantity_rule(written, absurd) AS
    CASE
        WHEN regexp_full_match(written, '-?[0-9]{1,18}(\.0+)?')
        THEN CASE WHEN abs(CAST(split_part(written, '.', 1) AS BIGINT)) >= absurd THEN 'quantity is absurd' END
        WHEN coalesce(normalised(written), '') = '' THEN 'quantity is empty'
        WHEN regexp_full_match(written, '-?[0-9]+(\.0+)?') THEN 'quantity is absurd'
        WHEN regexp_full_match(normalised(written), '-?[0-9]+(\.0+)?') THEN 'quantity has spaces around it'
        WHEN regexp_full_match(written, '\+[0-9.,]+') THEN 'quantity has a plus sign'
        WHEN regexp_full_match(written, '-?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+') THEN 'quantity in scientific notation'
        WHEN regexp_full_match(written, '-?[0-9]*\.[0-9]+') THEN 'quantity has a fraction'
        WHEN regexp_full_match(written, '-?[0-9]{1,3}([,._ ''][0-9]{3})+([.,][0-9]+)?')
        THEN 'quantity has a thousands separator'
        WHEN regexp_full_match(written, '-?[0-9]*,[0-9]+') THEN 'quantity has a fraction'
        WHEN regexp_full_match(written, '\(\s*[0-9.,]+\s*\)|[0-9.,]+-') THEN 'quantity in accounting notation'
        ELSE 'quantity is not a number'
    END;

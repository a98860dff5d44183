-- One row per object of a JSON list, with the columns and types of the structure; a missing key is null.
SELECT unnest(from_json($rows, $structure), recursive := true)

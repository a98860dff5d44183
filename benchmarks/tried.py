"""What was tried for each part, and what came of it: words for the page, by the name of the part."""

TRIED = {
    "fetch": """\
- Kept: requests as large as `limits@openssh.com` allows, 4 MiB of them under way; aes128-gcm where the server has it;
  what comes over the channel stays in the pieces it came in. paramiko's own buffer moves all that it holds at each
  read: without it the client's processor time for 310 MB fell from 1.4 to 0.8 s, OpenSSH's `sftp` takes 1.0 s.
- Kept: hash and byte gate run on each answer while the next ones are under way.
- Left: NumPy for counting lines. It takes 0.08 s where `readlines` takes 0.25 s, and 0.11 s to be imported.
- Left: larger channel packets. sshd sends 32 KiB at a time whatever is asked for.
- Left: the hash in a thread of its own: 1.75 s where it takes 1.29 s. On two cores sshd has the other one.""",
    "fetch, 80 ms away": """\
- 4 MiB under way are 50 MB/s at this distance.
- Kept: `compression` of an account, `off` unless said otherwise. zlib makes the raw file twelve times smaller at 40 to
  70 MB/s of the server's processor, so it pays on lines slower than that. `auto` times the first 8 MiB and, below what
  32 MB/s would take, agrees on zlib anew on the same connection: no second login, and no byte comes twice.
- Left: `auto` unless said otherwise. A server that errs in agreeing anew would break off each run on a slow line.""",
    "gate and join": """\
- Missed against Polars, PyArrow, chDB and DataFusion: DuckDB's bare query is itself slower than they are on this file,
  and the join is DuckDB's by choice. They read the file, and leave out what they can't read; ours also counts every
  line, tells what is wrong with each, and checks the whole run.
- Kept: one scan with the columns given and the sniffer on (`auto_detect = false` takes twice the time and 1.4 GB);
  every later question is asked of its answer, 20 stores by the quantities they have.
- Kept: a UPC is digits alone if it is a number that is written back as it stood; only the others (zeros in front, or
  odd) get the expression, which took a sixth of the scan. `GLOB`, `unhex`, `ltrim`, `translate` and a negated character
  class took as long as the expression or longer.
- Kept: only what sorts before `1` is trimmed of zeros; comparing takes a fifth of trimming.
- Left: the keys as columns of the group instead of a list, a join before the test, smaller buffers: no difference.
- Left: feeding DuckDB while bytes arrive. From a pipe it reads with one thread: 3.4 to 3.8 s where the file, once it
  has landed, takes 1.1 to 1.6 s. Fetch and then scan is quicker, and a run that dies loses no download.
- Kept: bytes that this process has hashed on their way in are not hashed again, as long as inode, size and time of
  change are unchanged: 0.3 s.""",
    "nightly run": """\
- Missed: two Dagster runs of eight and six steps, their 99 events, and some 40 transactions of the ledger take two
  seconds of processor; the shell script has nothing of the kind. On two cores nothing of it is free.
- Left: a storage of our own for Dagster, which kept its SQLite files open. With Dagster's, which opens them anew for
  each of 240 transactions, a run takes 13 % more of the processor, 13.0 s and not 11.5 s in the median of ten runs
  each; six private names of Dagster's were not worth it.
- Kept: DuckDB is started, and locked, once a process; connections have a schema each. A start takes 23 ms, and a run
  has 21 of them.
- Kept: the lineage of columns is read out of the SQL by `make lineage`, not by the run: 0.4 s, and sqlglot's import.
- Kept: the second look at the raw file, a second after the first, while the active products are made.
- Kept: each answer of a server is acknowledged at once. sshd holds the second of two small packets back until the first
  is, and Linux takes 40 ms for that: a login took 75 ms and takes 35, and a run has seven.
  The fetch gains by it, too: 1.29 s, 1.69 s without.
- Kept: the first look at the inbox comes before Dagster is imported, for as long as the file must be unchanged anyway.
- Left: asyncssh's parallel reads. In the median of five, 268 MB from an sshd on this machine came at 50 MB/s with its
  best setting (blocks of 255 KiB, 16 under way) and at 60 MB/s with ours, 50 MB from one 80 ms away at 8 and at
  14 MB/s; its blocks come out of order, which the check of the stream could not take.
- Left: ending the process without taking its modules apart, and a garbage collector that seldom looks: 0.7 s of
  processor a process less, and an end that no other program has.
- Left: one SSH connection for the whole run. Seven logins take a quarter of a second; one that is idle may be gone.
- Left: nobody keeping what a run prints (Dagster starts four small processes for that): no difference.
- Left: Dagster's consolidated event log, which the page can't follow.""",
    "start-up": """\
- `--help`, of the whole or of a command, imports nothing but click; `status` imports no Dagster.
- `query` and `explain` import no Dagster either: what wires the lake to it stands in a file of its own. `plan` does
  as it plays assets, and `run` once a job is due.""",
}

"""Runs in a peer's own environment: the job of `benchmarks.datasets` done by one of them.

Each gets its fastest way that we know: Daft its own expressions, datatrove and data-juicer one
Python function for all of normalising and redacting. For 128 hashes of runs of five words in 16
bands, words are split at spaces in all. All look for copies in all that was admitted at once;
copies of every word share every band, so no pass for them alone is needed.
"""

import hashlib
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

BANDS, ROWS, SHINGLE = 16, 8, 5
COLUMNS = ["id", "member_id", "text", "created_at"]

Job = Mapping[str, str]


def cleaner(job: Job) -> Callable[[str], str]:
    """Return what normalises a text and takes out what the two patterns find."""
    email, phone, blanks = re.compile(job["email"]), re.compile(job["phone"]), re.compile(r"\s+")

    def cleaned(text: str) -> str:
        text = blanks.sub(" ", unicodedata.normalize("NFC", text)).strip()
        if "@" in text:
            text = email.sub("[EMAIL]", text)
        return phone.sub("[PHONE]", text) if "+" in text else text

    return cleaned


def shard_of(member_id: str, shards: int) -> int:
    """Return where the rows of a member go."""
    return int.from_bytes(hashlib.sha256(member_id.encode()).digest()[:8]) % shards


def said_yes(job: Job) -> frozenset[str]:
    """Return the members whose words may be used."""
    from pyarrow import parquet  # noqa: PLC0415 - not every peer reads with it

    table = parquet.read_table(Path(job["corpus"]) / "consent.parquet")
    return frozenset(table.filter(table["yes"])["member_id"].to_pylist())


def by_datatrove(job: Job) -> dict[str, int]:
    """Four pipelines, as its documentation has them, in one process."""
    from datatrove.executor import LocalPipelineExecutor  # noqa: PLC0415
    from datatrove.pipeline.base import PipelineStep  # noqa: PLC0415
    from datatrove.pipeline.dedup import minhash  # noqa: PLC0415
    from datatrove.pipeline.filters import LambdaFilter  # noqa: PLC0415
    from datatrove.pipeline.formatters.base import BaseFormatter  # noqa: PLC0415
    from datatrove.pipeline.readers import ParquetReader  # noqa: PLC0415
    from datatrove.pipeline.writers import ParquetWriter  # noqa: PLC0415
    from datatrove.utils.text import TextNormConfig  # noqa: PLC0415

    class Splitting:
        @staticmethod
        def word_tokenize(text: str) -> list[str]:
            return text.split()

    class Clean(BaseFormatter):
        def format(self, text: str) -> str:
            return cleaned(text)

    def in_shard(document) -> bool:  # noqa: ANN001 - datatrove's
        document.metadata["shard"] = shard_of(document.metadata["member_id"], int(job["shards"]))
        return True

    minhash.load_word_tokenizer = lambda _: Splitting()
    cleaned, allowed, out = cleaner(job), said_yes(job), Path(job["out"])
    plain = TextNormConfig(
        lowercase=True,
        norm_whitespace=False,
        remove_punctuation=False,
        norm_unicode_diacritics=False,
        norm_numbers=False,
        norm_weekdays=False,
        norm_monthnames=False,
    )
    config = minhash.MinhashConfig(num_buckets=BANDS, hashes_per_bucket=ROWS, norm_config=plain)
    signed, bands, gone = (str(out / name) for name in ("signed", "bands", "gone"))
    admitted = ParquetWriter(str(out / "admitted"), compression="zstd", expand_metadata=True)
    kept = ParquetWriter(
        str(out / "kept"), "${shard}-${rank}.parquet", compression="zstd", expand_metadata=True
    )
    pipelines: list[tuple[int, list[PipelineStep]]] = [
        (
            1,
            [
                ParquetReader(str(Path(job["corpus"]) / "documents")),
                LambdaFilter(lambda document: document.metadata["member_id"] in allowed),
                Clean(),
                admitted,
                minhash.MinhashDedupSignature(signed, config),
            ],
        ),
        (BANDS, [minhash.MinhashDedupBuckets(signed, bands, config=config)]),
        (1, [minhash.MinhashDedupCluster(bands, gone, config=config)]),
        (
            1,
            [
                ParquetReader(str(out / "admitted")),
                minhash.MinhashDedupFilter(gone),
                LambdaFilter(in_shard),
                kept,
            ],
        ),
    ]
    for number, (tasks, steps) in enumerate(pipelines):
        LocalPipelineExecutor(
            steps, tasks=tasks, workers=1, logging_dir=str(out / f"logs-{number}")
        ).run()
    return {"admitted": _rows(out / "admitted"), "kept": _rows(out / "kept")}


def by_daft(job: Job) -> dict[str, int]:
    """Write one query on its native runner: an earlier document with an equal band drops a later.

    It has no NFC: its NFD stands in for it.
    """
    import daft  # noqa: PLC0415
    from daft import col, functions, lit  # noqa: PLC0415

    daft.set_runner_native()
    folder, out = Path(job["corpus"]), Path(job["out"])
    yes = daft.read_parquet(str(folder / "consent.parquet")).where(col("yes")).select("member_id")
    text = col("text").normalize(nfd_unicode=True, white_space=True)
    text = text.regexp_replace(job["email"], "[EMAIL]").regexp_replace(job["phone"], "[PHONE]")
    admitted = (
        daft.read_parquet(str(folder / "documents" / "*.parquet"))
        .select(*COLUMNS)
        .join(yes, on="member_id", how="semi")
        .with_column("text", text)
        .collect()
    )
    signed = admitted.select(
        "id",
        col("text")
        .lower()
        .minhash(num_hashes=BANDS * ROWS, ngram_size=SHINGLE, hash_function="xxhash")
        .alias("signed"),
    )
    bands = [
        functions.hash(functions.slice(col("signed"), at * ROWS, (at + 1) * ROWS), seed=lit(at))
        for at in range(BANDS)
    ]
    banded = signed.select("id", functions.to_list(*bands).alias("band")).explode("band").collect()
    firsts = banded.groupby("band").agg(
        col("id").min().alias("first"), col("id").count().alias("n")
    )
    later = (
        banded.join(firsts.where(col("n") > 1), on="band")
        .where(col("first") < col("id"))
        .select("id")
        .distinct()
    )
    kept = admitted.join(later, on="id", how="anti").with_column(
        "shard", col("member_id").hash() % int(job["shards"])
    )
    kept.write_parquet(str(out / "kept"), compression="zstd", partition_cols=["shard"])
    return {"admitted": admitted.count_rows(), "kept": _rows(out / "kept")}


def by_juicer(job: Job) -> dict[str, int]:
    """Map its operators over Hugging Face's dataset, as its executor does, in one process.

    The executor itself is left aside: while it runs it installs Ray, and torch with CUDA. What
    it cannot do, dividing files, Arrow does.
    """
    from data_juicer.utils.lazy_loader import LazyLoader  # noqa: PLC0415

    LazyLoader._install_package = classmethod(_install_nothing)  # noqa: SLF001 - it has no switch
    from data_juicer.ops.deduplicator.document_minhash_deduplicator import (  # noqa: PLC0415
        DocumentMinhashDeduplicator,
    )
    from pyarrow import array  # noqa: PLC0415
    from pyarrow import dataset as arrow  # noqa: PLC0415

    from datasets import load_dataset  # noqa: PLC0415

    cleaned, allowed, out = cleaner(job), said_yes(job), Path(job["out"])
    files = sorted(map(str, (Path(job["corpus"]) / "documents").glob("*.parquet")))
    near = DocumentMinhashDeduplicator(
        window_size=SHINGLE,
        num_permutations=BANDS * ROWS,
        num_bands=BANDS,
        num_rows_per_band=ROWS,
    )
    admitted = load_dataset("parquet", data_files=files, split="train", columns=COLUMNS).filter(
        lambda members: [each in allowed for each in members],
        input_columns="member_id",
        batched=True,
    )
    cleaner_of_batches = lambda texts: {"text": [cleaned(text) for text in texts]}  # noqa: E731
    signed = admitted.map(cleaner_of_batches, input_columns="text", batched=True)
    kept, _ = near.process(signed.map(near.compute_hash))
    shards = [shard_of(each, int(job["shards"])) for each in kept["member_id"]]
    arrow.write_dataset(
        kept.with_format("arrow")[:].append_column("shard", array(shards)),
        out / "kept",
        format="parquet",
        partitioning=["shard"],
        partitioning_flavor="hive",
        file_options=arrow.ParquetFileFormat().make_write_options(compression="zstd"),
    )
    return {"admitted": len(admitted), "kept": _rows(out / "kept")}


def _install_nothing(_: type, package: str, *__: object) -> None:
    raise ImportError(package)


PEERS = {"datatrove": by_datatrove, "Daft": by_daft, "data-juicer": by_juicer}


def _rows(folder: Path) -> int:
    from pyarrow import parquet  # noqa: PLC0415

    return sum(parquet.read_metadata(path).num_rows for path in folder.rglob("*.parquet"))


def main() -> None:
    """Let the named peer do the job; write how many were admitted and kept as the answer."""
    peer, job = PEERS[sys.argv[1]], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    answer = peer(job)
    Path(job["answer"]).write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main()

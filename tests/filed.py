"""Documents of a home, taken out of its database and laid into Parquet files."""

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from sayso.community import Document
from sayso.datasets.documents import batch_of
from sayso.datasets.places import Place
from sayso.settings import FILE_NAME
from sayso.storage.schema import document_members, documents
from sayso.wiring import Network, open_network


def lay_down(folder: Place, filed: Sequence[Document], name: str = "a") -> Place:
    """Write the documents into a file of the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.parquet"
    with path.open("wb") as file:
        pq.write_table(pa.Table.from_batches([batch_of(filed)]), file, row_group_size=7)
    return path


def every_document(network: Network) -> tuple[Document, ...]:
    with network.reading() as stores:
        return tuple(stores.documents.all())


def forget_rows(network: Network) -> None:
    """Empty the database of documents, as if none had been imported."""
    engine = sa.create_engine(network.settings.database_url)
    with engine.begin() as connection:
        connection.execute(sa.delete(document_members))
        connection.execute(sa.delete(documents))
    engine.dispose()


def with_documents(network: Network, address: Place | str) -> Network:
    """The home as it is once `documents` is set."""
    network.close()
    with (network.settings.home / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write(f'documents = "{address}"\n')
    settings = replace(network.settings, documents=str(address))
    return open_network(settings)


def moved(network: Network, folder: Place) -> Network:
    """The home with all its documents in two files of the folder, and none in the database."""
    whole = every_document(network)
    lay_down(folder, whole[::2], "even")
    lay_down(folder / "below", whole[1::2], "odd")
    forget_rows(network)
    return with_documents(network, folder)

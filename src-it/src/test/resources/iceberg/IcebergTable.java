import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.IcebergBuild;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/**
 * What Iceberg does with its S3FileIO over a gateway: files with seeks and uploads in parts, and a
 * table that is written, read, rolled back and dropped. Arguments: the endpoint and an empty
 * bucket.
 */
public final class IcebergTable {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "id", Types.IntegerType.get()),
          Types.NestedField.optional(2, "text", Types.StringType.get()));

  private static String warehouse;

  public static void main(String[] arguments) throws Exception {
    warehouse = "s3://" + arguments[1] + "/ware house";
    Map<String, String> settings = new HashMap<>();
    settings.put("s3.endpoint", arguments[0]);
    settings.put("s3.path-style-access", "true");
    settings.put("s3.access-key-id", System.getenv("AWS_ACCESS_KEY_ID"));
    settings.put("s3.secret-access-key", System.getenv("AWS_SECRET_ACCESS_KEY"));
    settings.put("client.region", "us-east-1");
    settings.put("s3.multipart.size", Integer.toString(5 << 20));
    settings.put("s3.multipart.threshold", "1.0");
    settings.put("s3.checksum-enabled", "true");
    settings.put("s3.staging-dir", System.getProperty("java.io.tmpdir"));
    try (S3FileIO files = new S3FileIO()) {
      files.initialize(settings);
      files(files);
    }
    table(settings);
    System.out.println("version " + IcebergBuild.version());
    System.out.println("done");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private static void files(S3FileIO files) throws IOException {
    for (int size : new int[] {1, 1000, 13 << 20}) {
      String path = warehouse + "/files/f-" + size + " ü";
      byte[] bytes = new byte[size];
      new Random(size).nextBytes(bytes);
      try (PositionOutputStream out = files.newOutputFile(path).createOrOverwrite()) {
        out.write(bytes);
        check(out.getPos() == size, "the position of the writer");
      }
      check(files.newInputFile(path).getLength() == size, "the length");
      try (InputStream in = files.newInputFile(path).newStream()) {
        check(Arrays.equals(in.readAllBytes(), bytes), "the content of " + size);
      }
      if (size > 1000) {
        try (SeekableInputStream in = files.newInputFile(path).newStream()) {
          byte[] part = new byte[100];
          for (int position : new int[] {7_000_000, 3, 12_000_000}) {
            in.seek(position);
            in.readNBytes(part, 0, part.length);
            check(
                Arrays.equals(bytes, position, position + 100, part, 0, 100),
                "the bytes from " + position);
          }
        }
      }
    }
    List<String> names = new ArrayList<>();
    for (FileInfo file : files.listPrefix(warehouse + "/files/")) {
      names.add(file.location());
    }
    check(names.size() == 3, "three files: " + names);
    check(!files.newInputFile(warehouse + "/none").exists(), "what is not there");
    try {
      files.newInputFile(warehouse + "/none").newStream().read();
      throw new AssertionError("read what is not there");
    } catch (NotFoundException expected) {
      check(expected.getMessage().contains("none"), "it is named");
    }
    files.deleteFile(names.get(0));
    files.deleteFiles(names.subList(1, 2));
    files.deletePrefix(warehouse + "/files/");
    check(!files.listPrefix(warehouse + "/files/").iterator().hasNext(), "nothing is left");
  }

  private static void table(Map<String, String> settings) throws IOException {
    Map<String, String> properties = new HashMap<>(settings);
    properties.put("uri", "jdbc:h2:mem:catalog;DB_CLOSE_DELAY=-1");
    properties.put("warehouse", warehouse);
    properties.put("io-impl", S3FileIO.class.getName());
    properties.put("jdbc.schema-version", "V1");
    try (JdbcCatalog catalog = new JdbcCatalog()) {
      catalog.initialize("catalog", properties);
      catalog.createNamespace(Namespace.of("db"));
      TableIdentifier name = TableIdentifier.of("db", "rows");
      Table table = catalog.createTable(name, SCHEMA, PartitionSpec.unpartitioned());
      append(table, 0, 50_000);
      Snapshot first = table.currentSnapshot();
      append(table, 50_000, 60_000);
      check(count(table, 0) == 60_000, "all rows");
      check(count(table, 59_990) == 10, "the rows that are asked for");
      table.newDelete().deleteFromRowFilter(Expressions.greaterThanOrEqual("id", 50_000)).commit();
      check(count(table, 0) == 50_000, "without what was deleted");
      table.manageSnapshots().rollbackTo(first.snapshotId()).commit();
      table.expireSnapshots().expireOlderThan(System.currentTimeMillis()).commit();
      table.refresh();
      check(count(table, 0) == 50_000, "after the snapshots were expired");
      check(catalog.dropTable(name, true), "the table is dropped");
      check(
          !((S3FileIO) table.io()).listPrefix(warehouse + "/db/rows/data/").iterator().hasNext(),
          "and its data with it");
    }
  }

  private static void append(Table table, int from, int to) throws IOException {
    OutputFile file =
        table.io().newOutputFile(table.locationProvider().newDataLocation(from + ".parquet"));
    DataWriter<Record> writer =
        Parquet.writeData(file)
            .schema(SCHEMA)
            .createWriterFunc(GenericParquetWriter::create)
            .withSpec(PartitionSpec.unpartitioned())
            .build();
    try (writer) {
      for (int i = from; i < to; i++) {
        GenericRecord row = GenericRecord.create(SCHEMA);
        row.setField("id", i);
        row.setField("text", "row " + i);
        writer.write(row);
      }
    }
    DataFile data = writer.toDataFile();
    table.newAppend().appendFile(data).commit();
  }

  private static int count(Table table, int from) throws IOException {
    int count = 0;
    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(table)
            .where(Expressions.greaterThanOrEqual("id", from))
            .build()) {
      for (Record row : rows) {
        check(row.getField("text").equals("row " + row.getField("id")), "a row");
        count++;
      }
    }
    return count;
  }
}

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileRange;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitterFactory;
import org.apache.hadoop.mapreduce.task.JobContextImpl;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.hadoop.util.VersionInfo;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;

/**
 * What Hadoop's applications expect of a file system, asked of S3A over a gateway: files,
 * directories, renames, seeks, uploads in parts, a committer, and Parquet. Arguments: the endpoint
 * and an empty bucket.
 */
public final class S3aContract {
  private static FileSystem files;
  private static Path root;

  public static void main(String[] arguments) throws Exception {
    Configuration settings = settings(arguments[0]);
    root = new Path("s3a://" + arguments[1] + "/");
    files = FileSystem.newInstance(root.toUri(), settings);
    directories();
    writesAndReads();
    seeks();
    renames();
    listings();
    parts();
    appendsNothing();
    commits(settings, "magic");
    commits(settings, "directory");
    parquet(settings);
    deletes();
    files.close();
    System.out.println("version " + VersionInfo.getVersion());
    System.out.println("done");
  }

  private static Configuration settings(String endpoint) {
    Configuration settings = new Configuration();
    settings.set("fs.s3a.endpoint", endpoint);
    settings.set("fs.s3a.endpoint.region", "us-east-1");
    settings.setBoolean("fs.s3a.path.style.access", true);
    settings.setBoolean("fs.s3a.connection.ssl.enabled", endpoint.startsWith("https"));
    settings.set("fs.s3a.access.key", System.getenv("AWS_ACCESS_KEY_ID"));
    settings.set("fs.s3a.secret.key", System.getenv("AWS_SECRET_ACCESS_KEY"));
    settings.set(
        "fs.s3a.aws.credentials.provider",
        "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    settings.set("fs.s3a.multipart.size", "5M");
    settings.set("fs.s3a.multipart.threshold", "5M");
    settings.set("fs.s3a.fast.upload.buffer", "array");
    settings.set("fs.s3a.bucket.probe", "2");
    settings.set("fs.s3a.attempts.maximum", "1");
    settings.set("fs.s3a.retry.limit", "1");
    settings.set("fs.s3a.buffer.dir", System.getProperty("java.io.tmpdir"));
    return settings;
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private static Path path(String name) {
    return new Path(root, name);
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static void write(Path path, byte[] bytes) throws IOException {
    try (OutputStream out = files.create(path, true)) {
      out.write(bytes);
    }
  }

  private static byte[] read(Path path) throws IOException {
    try (FSDataInputStream in = files.open(path)) {
      return in.readAllBytes();
    }
  }

  private interface Attempt {
    void run() throws Exception;
  }

  private static void fails(Class<? extends Exception> type, Attempt attempt) throws Exception {
    try {
      attempt.run();
    } catch (Exception e) {
      check(type.isInstance(e), "expected " + type + " and got " + e);
      return;
    }
    throw new AssertionError("expected " + type);
  }

  private static void directories() throws Exception {
    check(files.mkdirs(path("a/b/c")), "mkdirs");
    check(files.getFileStatus(path("a")).isDirectory(), "a parent is a directory");
    check(files.getFileStatus(path("a/b/c")).isDirectory(), "it is a directory");
    check(files.listStatus(path("a/b/c")).length == 0, "it is empty");
    check(files.mkdirs(path("a/b/c")), "mkdirs again");
    fails(java.io.FileNotFoundException.class, () -> files.getFileStatus(path("none")));
    fails(java.io.FileNotFoundException.class, () -> files.listStatus(path("none")));
    write(path("a/file"), bytes(10));
    fails(IOException.class, () -> files.mkdirs(path("a/file/under")));
    fails(IOException.class, () -> files.delete(path("a"), false));
    check(files.getFileStatus(root).isDirectory(), "the root is a directory");
  }

  private static void writesAndReads() throws Exception {
    for (String name : List.of("plain", "with space", "p+q&r=s", "ü/日本", "per%cent", "a;b", "#")) {
      byte[] bytes = bytes(1000 + name.length());
      write(path("w/" + name), bytes);
      check(Arrays.equals(read(path("w/" + name)), bytes), name);
      FileStatus status = files.getFileStatus(path("w/" + name));
      check(status.isFile() && status.getLen() == bytes.length, name + " has its length");
    }
    write(path("w/empty"), new byte[0]);
    check(read(path("w/empty")).length == 0, "an empty file");
    fails(FileAlreadyExistsException.class, () -> files.create(path("w/plain"), false));
    write(path("w/plain"), bytes(5));
    check(read(path("w/plain")).length == 5, "overwritten");
    fails(IOException.class, () -> files.create(path("a"), true));
    check(files.getFileChecksum(path("w/plain")) == null, "no checksum unless asked for");
  }

  private static void seeks() throws Exception {
    byte[] bytes = bytes(3 << 20);
    write(path("seek"), bytes);
    for (String policy : List.of("sequential", "random", "vector", "parquet")) {
      try (FSDataInputStream in =
          files.openFile(path("seek")).opt("fs.option.openfile.read.policy", policy).build().get()) {
        byte[] buffer = new byte[1000];
        for (long position : new long[] {0, 2_000_000, 17, (3 << 20) - 1000}) {
          in.seek(position);
          in.readFully(buffer);
          same(bytes, (int) position, buffer);
        }
        in.readFully(1_234_567, buffer);
        same(bytes, 1_234_567, buffer);
        check(in.getPos() == 3 << 20, "a positioned read leaves the position");
        check(in.read() == -1, "the end");
        fails(java.io.EOFException.class, () -> in.seek(-1));
        fails(java.io.EOFException.class, () -> in.readFully((3 << 20) - 10, buffer));
        List<FileRange> ranges =
            List.of(
                FileRange.createFileRange(100, 1000),
                FileRange.createFileRange(5000, 2000),
                FileRange.createFileRange(2_500_000, 70_000));
        in.readVectored(ranges, java.nio.ByteBuffer::allocate);
        for (FileRange range : ranges) {
          CompletableFuture<java.nio.ByteBuffer> data = range.getData();
          byte[] got = new byte[range.getLength()];
          data.get().get(got);
          same(bytes, (int) range.getOffset(), got);
        }
      }
    }
  }

  private static void same(byte[] whole, int from, byte[] part) {
    check(
        Arrays.equals(whole, from, from + part.length, part, 0, part.length),
        "the bytes from " + from);
  }

  private static void renames() throws Exception {
    write(path("r/from/one"), bytes(100));
    write(path("r/from/deep/er/two"), bytes(6 << 20));
    check(files.rename(path("r/from"), path("r/to")), "a directory is renamed");
    check(!files.exists(path("r/from")), "it is gone");
    check(Arrays.equals(read(path("r/to/one")), bytes(100)), "one is there");
    check(Arrays.equals(read(path("r/to/deep/er/two")), bytes(6 << 20)), "two is there");
    check(files.rename(path("r/to/one"), path("r/moved")), "a file is renamed");
    check(!files.exists(path("r/to/one")) && files.exists(path("r/moved")), "and has moved");
    check(files.rename(path("r/moved"), path("r/to")), "into a directory");
    check(files.exists(path("r/to/moved")), "under its name");
    check(!quietly(path("r/none"), path("r/x")), "what is not there is not renamed");
    write(path("r/here"), bytes(1));
    check(!quietly(path("r/to/moved"), path("r/here")), "over a file nothing is renamed");
  }

  private static boolean quietly(Path from, Path to) {
    try {
      return files.rename(from, to);
    } catch (IOException refused) {
      return false;
    }
  }

  private static void listings() throws Exception {
    Set<String> expected = new TreeSet<>();
    for (int i = 0; i < 60; i++) {
      String name = "l/" + i % 3 + "/" + i;
      write(path(name), bytes(i));
      expected.add(name);
    }
    files.mkdirs(path("l/empty"));
    check(files.listStatus(path("l")).length == 4, "directories below");
    Set<String> found = new TreeSet<>();
    RemoteIterator<LocatedFileStatus> all = files.listFiles(path("l"), true);
    while (all.hasNext()) {
      found.add(root.toUri().relativize(all.next().getPath().toUri()).getPath());
    }
    check(found.equals(expected), "all files: " + found);
    check(files.globStatus(path("l/*/1*")).length == 11, "a glob");
    check(files.getContentSummary(path("l")).getFileCount() == 60, "a summary");
  }

  private static void parts() throws Exception {
    byte[] bytes = bytes(23 << 20);
    write(path("parts"), bytes);
    check(Arrays.equals(read(path("parts")), bytes), "a file of five parts");
    FSDataOutputStream out = files.create(path("aborted"));
    out.write(bytes, 0, 12 << 20);
    out.abort();
    check(!files.exists(path("aborted")), "what is aborted is not there");
    java.io.File local = java.io.File.createTempFile("s3a", ".bin");
    java.nio.file.Files.write(local.toPath(), bytes);
    files.copyFromLocalFile(false, true, new Path(local.toURI()), path("uploaded"));
    check(Arrays.equals(read(path("uploaded")), bytes), "a copied file");
  }

  private static void appendsNothing() throws Exception {
    fails(UnsupportedOperationException.class, () -> files.append(path("parts")));
  }

  /** A task of a job writes a file; it is seen once the job is committed. */
  private static void commits(Configuration settings, String committer) throws Exception {
    Configuration conf = new Configuration(settings);
    conf.set(
        "mapreduce.outputcommitter.factory.scheme.s3a",
        "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory");
    conf.set("fs.s3a.committer.name", committer);
    conf.set("fs.s3a.committer.staging.tmp.path", System.getProperty("java.io.tmpdir") + "/staging");
    conf.setBoolean("fs.s3a.committer.staging.unique-filenames", false);
    conf.set("fs.defaultFS", "file:///");
    String attempt = "attempt_202601010000_0001_m_000000_0";
    conf.set("mapreduce.task.attempt.id", attempt);
    conf.setInt("mapreduce.job.application.attempt.id", 1);
    Path destination = path("committed-" + committer);
    Job job = Job.getInstance(conf);
    FileOutputFormat.setOutputPath(job, destination);
    TaskAttemptID id = TaskAttemptID.forName(attempt);
    JobContext jobContext = new JobContextImpl(job.getConfiguration(), id.getJobID());
    TaskAttemptContext task = new TaskAttemptContextImpl(job.getConfiguration(), id);
    PathOutputCommitter committing =
        PathOutputCommitterFactory.createCommitter(destination, task);
    committing.setupJob(jobContext);
    committing.setupTask(task);
    Path work = new Path(committing.getWorkPath(), "part-0000");
    try (OutputStream out =
        work.getFileSystem(conf).create(work)) {
      out.write(bytes(7 << 20));
    }
    check(!files.exists(new Path(destination, "part-0000")), committer + ": not yet there");
    check(committing.needsTaskCommit(task), committer + ": there is something to commit");
    committing.commitTask(task);
    check(!files.exists(new Path(destination, "part-0000")), committer + ": still not there");
    committing.commitJob(jobContext);
    check(
        Arrays.equals(read(new Path(destination, "part-0000")), bytes(7 << 20)),
        committer + ": committed");
    check(files.exists(new Path(destination, "_SUCCESS")), committer + ": _SUCCESS");
  }

  private static void parquet(Configuration settings) throws Exception {
    Schema schema =
        new Schema.Parser()
            .parse(
                "{'type':'record','name':'row','fields':[{'name':'id','type':'int'},"
                        .replace('\'', '"')
                    + "{'name':'text','type':'string'}]}".replace('\'', '"'));
    Path path = path("table/part=1/data.parquet");
    try (ParquetWriter<GenericRecord> writer =
        AvroParquetWriter.<GenericRecord>builder(HadoopOutputFile.fromPath(path, settings))
            .withSchema(schema)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize(256L << 10)
            .build()) {
      for (int i = 0; i < 100_000; i++) {
        GenericRecord row = new GenericData.Record(schema);
        row.put("id", i);
        row.put("text", "row " + i);
        writer.write(row);
      }
    }
    try (ParquetReader<GenericRecord> reader =
        AvroParquetReader.<GenericRecord>builder(HadoopInputFile.fromPath(path, settings)).build()) {
      int count = 0;
      for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
        check((int) row.get("id") == count, "row " + count);
        count++;
      }
      check(count == 100_000, "all rows");
    }
    try (ParquetReader<GenericRecord> reader =
        AvroParquetReader.<GenericRecord>builder(HadoopInputFile.fromPath(path, settings))
            .withFilter(FilterCompat.get(FilterApi.eq(FilterApi.intColumn("id"), 77_777)))
            .build()) {
      check(reader.read().get("text").toString().equals("row 77777"), "the row that was asked for");
      check(reader.read() == null, "and no other");
    }
  }

  private static void deletes() throws Exception {
    check(!files.delete(path("none"), true), "what is not there is not deleted");
    check(files.delete(path("w/plain"), false), "a file");
    for (FileStatus status : files.listStatus(root)) {
      check(files.delete(status.getPath(), true), "recursively: " + status.getPath());
    }
    check(files.listStatus(root).length == 0, "nothing is left");
    check(files.exists(root), "but the root");
  }
}

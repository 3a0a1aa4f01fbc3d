package org.expmaster.host.chaos;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A separate file system that can be filled to the last byte. */
final class TinyDisk implements AutoCloseable {
  private final Path directory;
  private final Path ballast;

  private TinyDisk(Path directory) {
    this.directory = directory;
    this.ballast = directory.resolve("ballast");
  }

  /** Mounts a disk, or skips the test if that is not permitted; in CI, root must be able to. */
  static TinyDisk mount(Path directory, int megabytes) throws Exception {
    Files.createDirectories(directory);
    String size = "size=" + megabytes + "m";
    String problem = run("mount", "-t", "tmpfs", "-o", size, "tiny", directory.toString());
    if (problem.isEmpty()) {
      return new TinyDisk(directory);
    }
    boolean root = ProcessHandle.current().info().user().filter("root"::equals).isPresent();
    if (root && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI as root must be able to mount a tmpfs: " + problem);
    }
    return abort("a full disk needs a tmpfs, and mounting one is not possible here: " + problem);
  }

  /** Returns the command's output if it failed, else an empty text. */
  private static String run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes()).trim();
      return process.waitFor() == 0 ? "" : said + " ";
    } catch (IOException noSuchCommand) {
      return noSuchCommand.getMessage();
    }
  }

  Path directory() {
    return directory;
  }

  void fill() throws IOException {
    try (FileChannel file =
        FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        file.write(ByteBuffer.allocate(4096));
      }
    } catch (IOException full) {
      if (directory.toFile().getUsableSpace() > 0) {
        throw full;
      }
    }
  }

  void free() throws IOException {
    Files.delete(ballast);
  }

  @Override
  public void close() throws InterruptedException {
    String problem = run("umount", directory.toString());
    if (!problem.isEmpty()) {
      throw new AssertionError(problem);
    }
  }
}

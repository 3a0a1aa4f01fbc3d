package org.expmaster.host.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.expmaster.host.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copies from which plugins are loaded. A running JVM must never see its jar change, and an
 * operator may copy over the one in the plugins directory at any time.
 *
 * <p>They are in a temporary directory of this process, which holds a lock on a file in it. A
 * directory whose lock is free was left behind by a process that was killed, and is deleted.
 */
final class PrivateCopies implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PrivateCopies.class);
  private static final String PREFIX = "expmaster-plugins-";
  private static final String LOCK = "lock";

  private final Path directory;
  private final FileChannel lock;
  private int number;

  private PrivateCopies(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Makes a directory where temporary files belong.
   *
   * @throws ConfigException if that cannot be written to
   */
  static PrivateCopies ofThisProcess() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      return in(temporary);
    } catch (IOException e) {
      throw new ConfigException(
          "plugins are copied to the directory for temporary files (java.io.tmpdir), which fails: "
              + e);
    }
  }

  /** Makes an empty directory in this one, and deletes what killed processes have left there. */
  static PrivateCopies in(Path temporary) throws IOException {
    deleteAbandoned(temporary);
    // readable by nobody else: a plugin's jar is code that this process runs
    Path directory = Files.createTempDirectory(temporary, PREFIX);
    Path unlocked = directory.resolve("unlocked");
    FileChannel lock =
        FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
    // only now: others take a directory whose lock is free for abandoned
    Files.move(unlocked, directory.resolve(LOCK));
    return new PrivateCopies(directory, lock);
  }

  private static void deleteAbandoned(Path temporary) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path directory : all) {
        if (isAbandoned(directory)) {
          delete(directory);
        }
      }
    } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
      // another master may be deleting the same
      log.debug("what killed masters left in {} is not deleted", temporary, e);
    }
  }

  private static boolean isAbandoned(Path directory) {
    try (FileChannel lock =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      return lock.tryLock() != null;
    } catch (IOException | OverlappingFileLockException e) {
      // another user's, being made at this moment, or of another master in this process
      return false;
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Copies a jar. Every copy has a name of its own: the JDK caches opened jars by name. */
  Path of(Path jar) throws IOException {
    Path copy = directory.resolve(++number + "-" + jar.getFileName());
    return Files.copy(jar, copy);
  }

  /** Deletes a copy that nothing uses any more. */
  void discard(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      log.debug("the copy {} is not deleted", copy, e);
    }
  }

  @Override
  public void close() throws IOException {
    delete(directory);
    lock.close();
  }
}

package org.expmaster.host.db;

import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.expmaster.host.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SQLite's file, with the signing key, receivers' URLs and password hashes: only its owner may read
 * it, whatever the umask. SQLite gives the files beside it the same permissions.
 */
final class PrivateFile {
  private static final Logger log = LoggerFactory.getLogger(PrivateFile.class);
  private static final Set<PosixFilePermission> OWNER_ALONE = Set.of(OWNER_READ, OWNER_WRITE);
  private static final int STICKY = 01000;

  private final Path file;

  PrivateFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /**
   * Creates the file if it is missing, and withdraws the permissions of other users.
   *
   * @throws ConfigException if the file cannot be created
   */
  void prepare() {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try {
      create();
      for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
        mend(file.resolveSibling(file.getFileName() + suffix));
      }
      warnOf(file.toRealPath().getParent());
    } catch (IOException e) {
      throw new ConfigException("cannot open the database file " + file + ": " + e);
    }
  }

  private void create() throws IOException {
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
    } catch (FileAlreadyExistsException e) {
      // left by an earlier start
    }
  }

  private static void mend(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(path);
    if (OWNER_ALONE.containsAll(found)) {
      return;
    }
    String before = PosixFilePermissions.toString(found);
    try {
      Files.setPosixFilePermissions(path, OWNER_ALONE);
      log.warn("{} was {}, and is now for its owner alone: it holds secrets", path, before);
    } catch (IOException e) {
      log.warn("{} is {}, and holds secrets: make it 0600 ({})", path, before, e.toString());
    }
  }

  /** Anyone who may write to the directory may replace the file. */
  private static void warnOf(Path directory) throws IOException {
    boolean open = Files.getPosixFilePermissions(directory).contains(OTHERS_WRITE);
    if (open && ((int) Files.getAttribute(directory, "unix:mode") & STICKY) == 0) {
      log.warn("{} may be written to by everyone, who could replace the database", directory);
    }
  }
}

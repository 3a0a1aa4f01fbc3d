package org.expmaster.host.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateCopiesTest {
  @TempDir private Path temporary;
  @TempDir private Path plugins;

  private List<Path> directories() throws Exception {
    try (Stream<Path> all = Files.list(temporary)) {
      return all.toList();
    }
  }

  @Test
  void everyCopyIsOneOfItsOwnForThisUserAlone() throws Exception {
    Path jar = Files.writeString(plugins.resolve("a.jar"), "one");
    try (PrivateCopies copies = PrivateCopies.in(temporary)) {
      Path first = copies.of(jar);
      Files.writeString(jar, "two");
      Path second = copies.of(jar);
      assertNotEquals(first, second);
      assertEquals("one", Files.readString(first));
      assertEquals("two", Files.readString(second));
      assertEquals(
          "rwx------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(first.getParent())));
      copies.discard(first);
      assertEquals(false, Files.exists(first));
    }
    assertEquals(List.of(), directories());
  }

  @Test
  void whatAKilledMasterLeftIsDeletedAndWhatOthersUseIsNot() throws Exception {
    Path jar = Files.writeString(plugins.resolve("a.jar"), "one");
    Path left = Files.createDirectory(temporary.resolve("expmaster-plugins-1"));
    Files.createFile(left.resolve("lock"));
    Files.copy(jar, left.resolve("1-a.jar"));
    Path other = Files.createDirectory(temporary.resolve("other"));
    try (PrivateCopies used = PrivateCopies.in(temporary)) {
      Path copy = used.of(jar);
      try (PrivateCopies second = PrivateCopies.in(temporary)) {
        assertEquals("one", Files.readString(second.of(jar)));
        assertEquals("one", Files.readString(copy));
      }
      assertEquals(false, Files.exists(left));
    }
    assertEquals(List.of(other), directories());
  }
}

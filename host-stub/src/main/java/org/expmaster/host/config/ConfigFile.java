package org.expmaster.host.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** Reads the operator's configuration file. */
public final class ConfigFile {
  private ConfigFile() {}

  /**
   * Returns the settings in the file.
   *
   * @throws ConfigException naming the file and what is wrong with it
   */
  public static Map<String, Object> read(Path file) {
    try {
      return Yaml.mapping(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new ConfigException("there is no configuration file " + file);
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new ConfigException("cannot read the configuration file " + file + ": " + e);
    } catch (ConfigException e) {
      throw new ConfigException(file + ": " + e.getMessage());
    }
  }
}

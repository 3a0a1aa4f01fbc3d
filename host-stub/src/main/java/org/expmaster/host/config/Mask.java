package org.expmaster.host.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Masks the secrets in the operator's settings, so that the settings can be shown. */
public final class Mask {
  private static final String MASK = "********";

  /** Names that hold a secret wherever these stand in them, and those that end so. */
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|secret).*|.*(token|key)s?");

  /** Passwords in JDBC URLs: {@code //user:password@host} here, {@code ?password=…} below. */
  private static final Pattern USER_INFO = Pattern.compile("//([^/@:?]*):([^/?]*)@");

  private static final Pattern PARAMETER =
      Pattern.compile("(?i)([?&;][^=&;]*(?:password|secret|token|key)[^=&;]*=)[^&;]*");

  private Mask() {}

  /** Returns a copy of the tree with masked secrets. A secret mapping is masked as a whole. */
  public static Map<String, Object> tree(Map<String, Object> tree) {
    Map<String, Object> masked = new LinkedHashMap<>();
    tree.forEach((name, value) -> masked.put(name, isSecret(name) ? MASK : value(value)));
    return masked;
  }

  /** Returns the URL with its passwords masked. */
  public static String url(String url) {
    String masked = USER_INFO.matcher(url).replaceAll("//$1:" + MASK + "@");
    return PARAMETER.matcher(masked).replaceAll("$1" + MASK);
  }

  private static Object value(Object value) {
    if (value instanceof Map<?, ?> map) {
      return tree(new PlainCopy().mapping(map));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Mask::value).toList();
    }
    return value instanceof String text && text.contains(":") ? url(text) : value;
  }

  private static boolean isSecret(String name) {
    return SECRET.matcher(name).matches();
  }
}

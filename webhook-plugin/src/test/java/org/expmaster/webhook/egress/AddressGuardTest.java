package org.expmaster.webhook.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the refused and the allowed networks begin and end. */
final class AddressGuardTest {
  /** The refused ranges have exact bounds: the addresses next to them are permitted. */
  @ParameterizedTest
  @CsvSource({
    "1.0.0.0,              0.255.255.255",
    "9.255.255.255,        10.0.0.0",
    "11.0.0.0,             10.255.255.255",
    "100.63.255.255,       100.64.0.0",
    "100.128.0.0,          100.127.255.255",
    "126.255.255.255,      127.0.0.0",
    "128.0.0.0,            127.255.255.255",
    "168.63.129.15,        168.63.129.16",
    "168.63.129.17,        168.63.129.16",
    "169.253.255.255,      169.254.0.0",
    "169.255.0.0,          169.254.255.255",
    "172.15.255.255,       172.16.0.0",
    "172.32.0.0,           172.31.255.255",
    "191.255.255.255,      192.0.0.0",
    "192.0.1.0,            192.0.0.255",
    "192.0.1.255,          192.0.2.0",
    "192.0.3.0,            192.0.2.255",
    "192.88.98.255,        192.88.99.0",
    "192.88.100.0,         192.88.99.255",
    "192.167.255.255,      192.168.0.0",
    "192.169.0.0,          192.168.255.255",
    "198.17.255.255,       198.18.0.0",
    "198.20.0.0,           198.19.255.255",
    "198.51.99.255,        198.51.100.0",
    "198.51.101.0,         198.51.100.255",
    "203.0.112.255,        203.0.113.0",
    "203.0.114.0,          203.0.113.255",
    "223.255.255.255,      224.0.0.0",
    "2000::,               1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff::",
    "3fff:1000::,          3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
    "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 4000::",
    "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2001::",
    "2001:200::,           2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff,  2001:db8::",
    "2001:db9::,           2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2002::",
    "2003::,               2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "64:ff9b::1.0.0.0,     64:ff9b::0.255.255.255",
    "64:ff9b::8.8.8.8,     64:ff9b:0:0:0:1:808:808",
  })
  void whatIsRefusedEndsWhereItShould(String permitted, String refused) {
    AddressGuard guard = TestDestinations.guard();
    assertEquals(true, guard.permits(ScriptedNames.address(permitted)), permitted);
    assertEquals(false, guard.permits(ScriptedNames.address(refused)), refused);
  }

  /** An allowed network passes from its first address to its last, and its neighbours do not. */
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,         10.0.0.0,         10.255.255.255, 192.168.0.1,      127.0.0.1",
    "10.1.2.0/24,        10.1.2.0,         10.1.2.255,     10.1.1.255,       10.1.3.0",
    "10.1.2.4/30,        10.1.2.4,         10.1.2.7,       10.1.2.3,         10.1.2.8",
    "10.1.2.4/31,        10.1.2.4,         10.1.2.5,       10.1.2.3,         10.1.2.6",
    "10.1.2.4/32,        10.1.2.4,         10.1.2.4,       10.1.2.3,         10.1.2.5",
    "10.1.2.4,           10.1.2.4,         10.1.2.4,       10.1.2.3,         10.1.2.5",
    "172.20.128.0/17,    172.20.128.0,     172.20.255.255, 172.20.127.255,   172.21.0.0",
    "192.168.0.0/23,     192.168.0.0,      192.168.1.255,  10.0.0.1,         192.168.2.0",
    "169.254.169.254,    169.254.169.254,  169.254.169.254, 169.254.169.253, 169.254.169.255",
    "127.0.0.0/8,        127.0.0.1,        127.255.255.255, 0.0.0.0,         ::1",
    "0.0.0.0/0,          0.0.0.0,          255.255.255.255, ::,              fd00::1",
    "::1,                ::1,              ::1,            ::,               ::2",
    "::/0,               ::,               fd00::1,        127.0.0.1,        10.0.0.1",
    "fd00::/8,           fd00::,           fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fc00::1, fe80::1",
    "fd00:1:2::/47,      fd00:1:2::,       fd00:1:3:ffff::1, fd00:1:1:ffff::1, fd00:1:4::",
    "fd00::10/124,       fd00::10,         fd00::1f,       fd00::f,          fd00::20",
    "fe80::/10,          fe80::,           febf:ffff::1,   fec0::,           fd00::1",
    "10.0.0.0/8,         64:ff9b::10.0.0.1, ::ffff:10.0.0.1, 64:ff9b::11:1,  ::10.0.0.1",
    "::ffff:10.0.0.1,    10.0.0.1,         ::ffff:10.0.0.1, 10.0.0.0,        10.0.0.2",
    "64:ff9b:1::/48,     64:ff9b:1::,      64:ff9b:1:ffff:ffff::1, 64:ff9b:2::, 64:ff9b:0:ffff::1",
    "2002::/16,          2002::,           2002:7f00:1::,  2001:db8::1,      127.0.0.1",
  })
  void whatIsListedPassesExactly(
      String network, String first, String last, String before, String after) {
    AddressGuard guard = TestDestinations.guard(network);
    assertEquals(true, guard.permits(ScriptedNames.address(first)), first);
    assertEquals(true, guard.permits(ScriptedNames.address(last)), last);
    assertEquals(false, guard.permits(ScriptedNames.address(before)), before);
    assertEquals(false, guard.permits(ScriptedNames.address(after)), after);
  }
}

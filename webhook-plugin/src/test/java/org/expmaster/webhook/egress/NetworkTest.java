package org.expmaster.webhook.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.expmaster.webhook.testing.ScriptedNames;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks in the notation of the operator's settings. */
final class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0, 8",
    "0.0.0.0/0, 0.0.0.0, 0",
    "10.1.2.3, 10.1.2.3, 32",
    "10.1.2.3/32, 10.1.2.3, 32",
    "fd00::/8, fd00::, 8",
    "FD00::/8, fd00::, 8",
    "::/0, ::, 0",
    "::1, ::1, 128",
    "::ffff:10.0.0.1, 10.0.0.1, 32",
  })
  void aNetworkIsReadAsItIsWritten(String text, String first, int prefix) {
    assertEquals(new Network(ScriptedNames.address(first), prefix), Network.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''               | must be a network such as 10.0.0.0/8 or fd00::/8, or one address
          localhost        | must be a network such as 10.0.0.0/8 or fd00::/8, or one address
          10.0.0/8         | must be a network such as 10.0.0.0/8 or fd00::/8, or one address
          10/8             | must be a network such as 10.0.0.0/8 or fd00::/8, or one address
          010.0.0.0/8      | must be a network such as 10.0.0.0/8 or fd00::/8, or one address
          10.0.0.0-10.1.0.0| must be a network such as 10.0.0.0/8 or fd00::/8, or one address
          [fd00::]/8       | must be a network such as 10.0.0.0/8 or fd00::/8, or one address
          fe80::%eth0/10   | must be a network such as 10.0.0.0/8 or fd00::/8, or one address
          /8               | must be a network such as 10.0.0.0/8 or fd00::/8, or one address
          10.0.0.0/33      | must have a prefix of 0 to 32
          10.0.0.0/        | must have a prefix of 0 to 32
          10.0.0.0/08      | must have a prefix of 0 to 32
          10.0.0.0/-1      | must have a prefix of 0 to 32
          10.0.0.0/8/8     | must have a prefix of 0 to 32
          10.0.0.0/255.0.0.0 | must have a prefix of 0 to 32
          10.0.0.0/99999999999 | must have a prefix of 0 to 32
          ::ffff:10.0.0.0/104 | must have a prefix of 0 to 32
          fd00::/129       | must have a prefix of 0 to 128
          10.0.0.5/8       | must begin at 10.0.0.0, where its prefix has it begin
          10.1.0.0/8       | must begin at 10.0.0.0, where its prefix has it begin
          fd00::1/64       | must begin at fd00:0:0:0:0:0:0:0, where its prefix has it begin
          """)
  void whatIsNoNetworkIsRefusedAndToldWhatItMustBe(String text, String told) {
    assertEquals(
        told, assertThrows(IllegalArgumentException.class, () -> Network.parse(text)).getMessage());
  }
}

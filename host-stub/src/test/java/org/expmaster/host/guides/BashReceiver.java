package org.expmaster.host.guides;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.expmaster.host.testing.WebhookReceiver.Answer;
import org.expmaster.host.testing.WebhookReceiver.Received;

/** Hands each request to the guide's shell script, as a server that runs scripts would. */
record BashReceiver(List<String> keys) {
  Answer answer(Received request) {
    try {
      Path body = Files.write(Files.createTempFile(Libraries.WORK, "body", ""), request.body());
      List<String> command = new ArrayList<>(GuideReceiver.BASH.command(0));
      command.add(request.header("X-Determined-AI-Signature-Timestamp"));
      command.add(request.header("X-Determined-AI-Signature"));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(Libraries.WORK.toFile())
              .redirectInput(body.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("WEBHOOK_KEYS", String.join(" ", keys));
      return Answer.status(builder.start().waitFor() == 0 ? 204 : 401);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

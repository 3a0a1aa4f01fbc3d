package org.expmaster.host.demo;

import java.net.URI;

/** Commands to copy into a shell. */
record CurlLines(URI master, String password, URI receiver, long webhookId) {
  private static final String TEXT =
      """

      The master runs on; Ctrl-C ends it. Its webhooks: %1$s/api/v1/webhooks
      To go on by hand, copy these lines into a shell:

      # log in
      MASTER=%1$s
      TOKEN=$(curl -s $MASTER/api/v1/auth/login -d '{"username":"admin","password":"%2$s"}' | \
      sed 's/.*"token":"\\([^"]*\\)".*/\\1/')

      # list the webhooks, and send a test event to the one above
      curl -s -H "Authorization: Bearer $TOKEN" $MASTER/api/v1/webhooks; echo
      curl -s -H "Authorization: Bearer $TOKEN" -X POST $MASTER/api/v1/webhooks/%4$d/test; echo

      # create another, and delete it
      ID=$(curl -s -H "Authorization: Bearer $TOKEN" $MASTER/api/v1/webhooks -d \
      '{"name":"mine","url":"%3$s","webhookType":"WEBHOOK_TYPE_DEFAULT","triggers":\
      [{"triggerType":"TRIGGER_TYPE_EXPERIMENT_STATE_CHANGE","condition":{"state":"ERROR"}}]}' | \
      sed 's/[^0-9]*\\([0-9]*\\).*/\\1/'); echo "webhook $ID"
      curl -s -H "Authorization: Bearer $TOKEN" -X DELETE $MASTER/api/v1/webhooks/$ID; echo

      # run an experiment that fails, and see it arrive here
      curl -s -H "Authorization: Bearer $TOKEN" $MASTER/api/v1/experiments -d \
      '{"config":"{name: by hand, entrypoint: sleep 1 && exit 1}"}'; echo

      # read the configuration out; the signing key is in it
      curl -s -H "Authorization: Bearer $TOKEN" $MASTER/api/v1/master/config; echo
      """;

  String text() {
    return TEXT.formatted(master, password, receiver, webhookId);
  }
}

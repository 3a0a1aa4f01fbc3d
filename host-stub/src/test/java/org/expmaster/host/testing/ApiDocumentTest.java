package org.expmaster.host.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.expmaster.host.testing.ApiDocument.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiDocumentTest {
  private static final ApiDocument DOCUMENT =
      ApiDocument.read(
          """
          paths:
            /w/{id}:
              get:
                responses:
                  '200':
                    headers: {ETag: {$ref: '#/components/headers/Version'}}
                    content: {application/json: {schema: {$ref: '#/components/schemas/Webhook'}}}
                  '304': {description: not modified}
                  '404': {$ref: '#/components/responses/NotFound'}
                  5XX: {$ref: '#/components/responses/NotFound'}
            /w/custom:
              post:
                responses:
                  '200':
                    content:
                      application/json:
                        schema: {anyOf: [{$ref: '#/components/schemas/Webhook'}, {const: 1}]}
          components:
            headers:
              Version: {required: true}
            responses:
              NotFound:
                content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}
            schemas:
              Error: {type: object, required: [error], properties: {error: {type: string}}}
              Webhook:
                type: object
                required: [id]
                properties:
                  id: {type: integer}
                  at: {type: string, format: date-time}
          """);

  private static Optional<String> problem(String method, String path, int status, String body) {
    Map<String, String> headers =
        Map.of("content-type", "application/json; charset=UTF-8", "etag", "");
    return DOCUMENT.problem(new Exchange(method, path, status, headers, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /w/7      | 200 | {\"id\": 7}",
        "GET    | /w/7      | 200 | {\"id\": 7, \"at\": \"2026-03-01T12:00:00.5Z\"}",
        "GET    | /w/7      | 304 | ''",
        "GET    | /w/x%2Fy  | 404 | {\"error\": \"e\"}",
        "GET    | /w/7      | 503 | {\"error\": \"e\"}",
        "HEAD   | /w/7      | 200 | ''",
        "POST   | /w/custom | 200 | 1",
        "GET    | /w/custom | 405 | {\"error\": \"e\"}",
        "DELETE | /w/7      | 405 | {\"error\": \"e\"}",
        "GET    | /w/7/more | 200 | anything",
        "GET    | /other    | 500 | anything"
      })
  void whatTheDocumentSaysIsRight(String method, String path, int status, String body) {
    assertEquals(Optional.empty(), problem(method, path, status, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /w/7      | 200 | {\"id\": \"7\"}               | integer",
        "GET    | /w/7      | 200 | {}                            | id",
        "GET    | /w/7      | 200 | {\"id\": 7, \"more\": 1}        | more",
        "GET    | /w/7      | 200 | {\"id\": 7, \"at\": \"today\"}  | date-time",
        "GET    | /w/7      | 304 | {\"id\": 7}                   | no body",
        "GET    | /w/7      | 201 | {\"id\": 7}                   | no status 201",
        "GET    | /w/7      | 404 | {\"id\": 7}                   | error",
        "GET    | /w/7      | 500 | {}                            | error",
        "POST   | /w/custom | 200 | 2                             | 1",
        "POST   | /w/custom | 404 | {\"error\": \"e\"}             | no status 404",
        "GET    | /w/custom | 200 | {\"id\": 7}                   | no get of /w/custom",
        "DELETE | /w/7      | 405 | {}                            | error"
      })
  void whatItDoesNotSayIsFound(
      String method, String path, int status, String body, String expected) {
    String found = problem(method, path, status, body).orElse("nothing");
    assertTrue(found.contains(expected), found);
  }

  @Test
  void aMissingHeaderAndAnotherContentTypeAreFound() {
    Exchange none = new Exchange("GET", "/w/7", 200, Map.of("content-type", "x/y"), "");
    assertEquals(Optional.of("it has no header ETag"), DOCUMENT.problem(none));
    Exchange other =
        new Exchange("GET", "/w/7", 200, Map.of("content-type", "text/html", "etag", ""), "");
    assertEquals(Optional.of("it has no content type text/html"), DOCUMENT.problem(other));
  }

  @Test
  void itsRoutesAreItsPathsAndMethods() {
    assertEquals(Set.of("GET /w/{id}", "POST /w/custom"), DOCUMENT.routes());
  }
}

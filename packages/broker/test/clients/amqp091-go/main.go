// The session in the words of Go's client: see ../session.ts. Prints what happens, one line each.
// Usage: main URL QUEUE
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	amqp "github.com/rabbitmq/amqp091-go"
)

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	url, queue := os.Args[1], os.Args[2]
	connection := must(amqp.Dial(url))
	amqpChannel := must(connection.Channel())
	must(amqpChannel.QueueDeclare(queue, true, false, false, false, nil))
	check(amqpChannel.Confirm(false))
	for _, body := range []string{"1", "2", "3"} {
		message := amqp.Publishing{Body: []byte(body)}
		confirm := must(amqpChannel.PublishWithDeferredConfirmWithContext(context.Background(), "", queue, false, false, message))
		if !confirm.Wait() {
			log.Fatal("the broker did not confirm ", body)
		}
	}
	fmt.Println("confirmed")
	check(amqpChannel.Qos(1, 0, false))
	for delivery := range must(amqpChannel.Consume(queue, "tag", false, false, false, false, nil)) {
		body := string(delivery.Body)
		if delivery.Redelivered {
			fmt.Println(body, "(again)")
		} else {
			fmt.Println(body)
		}
		if body == "3" {
			break
		}
		if body == "2" && !delivery.Redelivered {
			check(delivery.Nack(false, true))
		} else {
			check(delivery.Ack(false))
		}
	}
	check(amqpChannel.Cancel("tag", false))
	check(amqpChannel.Close())
	check(connection.Close())
}
